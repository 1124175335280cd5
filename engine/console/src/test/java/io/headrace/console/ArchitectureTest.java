package io.headrace.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule itKnowsTheQueueByItsApiOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.headrace.engine..",
                    "io.headrace.spi..",
                    "io.headrace.observe..",
                    "io.headrace.postgres..",
                    "io.headrace.testkit..",
                    "io.r2dbc..",
                    "java.sql..",
                    "org.springframework.boot..");

    @ArchTest
    static final ArchRule roomsDependInOneDirection =
            slices().matching("io.headrace.console.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoomKnowsWhoMountsIt = noClasses()
            .that()
            .resideInAPackage("io.headrace.console.*..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Console.class.getName())
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(ConsoleServer.class.getName());

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Service)");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
