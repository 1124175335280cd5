package io.headrace.postgres;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace.postgres", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.headrace.postgres";
    private static final String ROOMS = "io.headrace.postgres.*..";

    @ArchTest
    static final ArchRule nothingKnowsJdbc = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule onlyTheMigrationsKnowFlyway = noClasses()
            .that()
            .doNotHaveSimpleName("PostgresMigrations")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.flywaydb..");

    @ArchTest
    static final ArchRule theStoreKnowsTheEngineByItsSpi =
            noClasses().should().dependOnClassesThat(resideInAPackage("io.headrace.engine.."));

    @ArchTest
    static final ArchRule roomsPointOneWay =
            slices().matching("io.headrace.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsDoNotKnowWhoPutsThemTogether =
            noClasses().that().resideInAPackage(ROOMS).should().dependOnClassesThat(resideInAPackage(ROOT));

    @ArchTest
    static final ArchRule nothingPublicLeaksARoom = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT)
            .should(mentionNoRoom());

    private static ArchCondition<JavaMethod> mentionNoRoom() {
        return new ArchCondition<>("mention no type of a room") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(
                                method.getReturnType().getAllInvolvedRawTypes().stream(),
                                method.getParameterTypes().stream()
                                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                        .filter(resideInAPackage(ROOMS))
                        .map(JavaClass::getName)
                        .forEach(type -> events.add(
                                SimpleConditionEvent.violated(method, method.getFullName() + " mentions " + type)));
            }
        };
    }
}
