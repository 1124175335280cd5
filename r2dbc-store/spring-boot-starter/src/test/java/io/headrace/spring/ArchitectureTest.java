package io.headrace.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers of the starter: what applications import knows nothing of how it is set up. */
@AnalyzeClasses(packages = "io.headrace.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule whatApplicationsImportKnowsNoneOfTheRest = noClasses()
            .that()
            .resideInAPackage("io.headrace.spring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.headrace.spring.autoconfigure..",
                    "io.headrace.spring.bean..",
                    "io.headrace.spring.handler..",
                    "io.headrace.spring.schedule..",
                    "io.headrace.spring.transaction..",
                    "io.headrace.spring.observe..",
                    "io.headrace.spring.console..",
                    "io.headrace.spring.actuate..");

    @ArchTest
    static final ArchRule handlersAndTransactionsKnowNothingOfTheSetup = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.headrace.spring.bean..",
                    "io.headrace.spring.handler..",
                    "io.headrace.spring.schedule..",
                    "io.headrace.spring.transaction..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.headrace.spring.autoconfigure..", "org.springframework.boot.autoconfigure..");

    @ArchTest
    static final ArchRule theStoreIsUsedByItsPublicPackage =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.headrace.postgres.*..");

    @ArchTest
    static final ArchRule noStatementIsMadeHere =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("io.r2dbc.spi.Statement");
}
