package io.headrace.spring.autoconfigure;

import io.headrace.spring.HeadraceConnectionFactory;
import io.headrace.spring.HeadraceSetupException;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The connection factory that the store is made of, and that transactions are joined by.
 *
 * @param factory as the application has it, pool and proxies included
 */
record JobsDatabase(ConnectionFactory factory) {

    static JobsDatabase find(
            ObjectProvider<ConnectionFactory> marked,
            ObjectProvider<ConnectionFactory> any,
            ListableBeanFactory beans) {
        ConnectionFactory factory = marked.getIfUnique();
        if (factory == null) {
            factory = any.getIfUnique();
        }
        if (factory != null) {
            return new JobsDatabase(factory);
        }
        String[] names = beans.getBeanNamesForType(ConnectionFactory.class);
        throw names.length == 0 ? none() : tooMany(names);
    }

    private static HeadraceSetupException none() {
        return new HeadraceSetupException(
                "Headrace stores its jobs in PostgreSQL, but there is no ConnectionFactory bean.",
                "Set spring.r2dbc.url to r2dbc:postgresql://user:password@host:port/database, or declare a"
                        + " ConnectionFactory bean. If R2dbcAutoConfiguration is excluded, remove the exclusion.",
                null);
    }

    private static HeadraceSetupException tooMany(String[] names) {
        return new HeadraceSetupException(
                "There are " + names.length + " ConnectionFactory beans (" + String.join(", ", names)
                        + "), and none is marked as the one for the jobs' database.",
                "Annotate its bean method with @" + HeadraceConnectionFactory.class.getSimpleName()
                        + ", or mark one as @Primary.",
                null);
    }
}
