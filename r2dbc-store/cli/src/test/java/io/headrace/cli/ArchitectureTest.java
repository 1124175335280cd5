package io.headrace.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line can do what every program can, and nothing else. */
@AnalyzeClasses(packages = "io.headrace.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule itWorksByThePublicApi = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.headrace.engine..",
                    "io.headrace.spi..",
                    "io.headrace.postgres.*..",
                    "java.sql..",
                    "org.flywaydb..");

    @ArchTest
    static final ArchRule onlyTheDeskTheMigrationsAndTheDoctorKnowPostgres = noClasses()
            .that()
            .doNotHaveSimpleName("Desk")
            .and()
            .doNotHaveSimpleName("MigrateSchema")
            .and()
            .doNotHaveSimpleName("DiagnoseStore")
            .and()
            .doNotHaveSimpleName("ErrorLine")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headrace.postgres..");

    @ArchTest
    static final ArchRule roomsPointOneWay =
            slices().matching("io.headrace.cli.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsDoNotKnowTheMainClass = noClasses()
            .that()
            .resideInAPackage("io.headrace.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headrace.cli");
}
