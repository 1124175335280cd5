package io.headrace.postgres.connection;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** A wrapper of a connection that records the text of each statement that is created through it. */
final class CountedConnection {

    private CountedConnection() {}

    /** One that returns the driver's statements. */
    static Connection of(Connection connection, List<String> created) {
        return wrapper(connection, created, Connection.class, Wrapped.class);
    }

    /** One of another class that returns statements of its own, as a proxy does that observes what is executed. */
    static Connection observing(Connection connection, List<String> created) {
        return wrapper(connection, created, Connection.class, Wrapped.class, Serializable.class);
    }

    private static Connection wrapper(Connection connection, List<String> created, Class<?>... types) {
        return (Connection) proxy(types, (method, arguments) -> {
            if (method.getName().equals("unwrap")) {
                return arguments == null ? connection : unwrapped(connection, (Class<?>) arguments[0]);
            }
            Object answer = invoke(connection, method, arguments);
            if (!method.getName().equals("createStatement")) {
                return answer;
            }
            created.add((String) arguments[0]);
            return types.length == 2 ? answer : statement((Statement) answer);
        });
    }

    private static Object unwrapped(Connection connection, Class<?> type) {
        return type.isInstance(connection) ? connection : ((Wrapped<?>) connection).unwrap(type);
    }

    private static Object statement(Statement statement) {
        return proxy(new Class<?>[] {Statement.class}, (method, arguments) -> {
            Object answer = invoke(statement, method, arguments);
            return answer instanceof Statement bound ? statement(bound) : answer;
        });
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static Object proxy(Class<?>[] types, Call call) {
        return Proxy.newProxyInstance(
                CountedConnection.class.getClassLoader(),
                types,
                (proxy, method, arguments) ->
                        method.getName().equals("equals") ? proxy == arguments[0] : call.answer(method, arguments));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
