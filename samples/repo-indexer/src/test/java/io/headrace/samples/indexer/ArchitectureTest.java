package io.headrace.samples.indexer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace.samples.indexer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyCheckoutsKnowGit = noClasses()
            .that()
            .resideOutsideOfPackage("..checkout..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule nothingKnowsTheWeb = noClasses()
            .that()
            .resideOutsideOfPackage("..web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..web..", "org.springframework.web..", "org.springframework.http..");

    @ArchTest
    static final ArchRule theRoomsFollowOneAnother =
            slices().matching("io.headrace.samples.indexer.(*)..").should().beFreeOfCycles();
}
