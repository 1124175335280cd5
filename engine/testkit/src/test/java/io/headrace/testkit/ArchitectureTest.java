package io.headrace.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CONTRACT = "io.headrace.testkit.contract..";
    private static final String MEMORY = "io.headrace.testkit.memory..";

    @ArchTest
    static final ArchRule noTwoRoomsKnowEachOther =
            slices().matching("io.headrace.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theContractKnowsNoStore = noClasses()
            .that()
            .resideInAPackage(CONTRACT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.headrace.testkit", MEMORY);

    @ArchTest
    static final ArchRule theStoreDoesNotKnowTheContract = noClasses()
            .that()
            .resideInAnyPackage("io.headrace.testkit", MEMORY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTRACT);

    @ArchTest
    static final ArchRule whatUsersHaveNoUseForStaysInItsRoom = classes()
            .that()
            .resideInAPackage(MEMORY)
            .and()
            .haveSimpleNameNotStartingWith("Memory")
            .and()
            .resideOutsideOfPackage("io.headrace.testkit.memory.places")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule theSuitesAreReachedByTheContractAlone = classes()
            .that()
            .resideInAPackage(CONTRACT)
            .and()
            .haveSimpleNameEndingWith("Contract")
            .and()
            .doNotHaveSimpleName("JobStoreContract")
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule theStoreAndTheContractKnowTheEngineByItsSpi =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.headrace.engine..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
