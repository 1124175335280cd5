package io.headrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INTERNAL = "io.headrace.engine..";

    @ArchTest
    static final ArchRule theEngineKnowsNoDatabaseAndNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..", "java.sql..", "javax.sql..", "org.postgresql..", "org.springframework..");

    @ArchTest
    static final ArchRule onlyTheCodecKnowsJackson = noClasses()
            .that()
            .doNotHaveSimpleName("JacksonPayloadCodec")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule onlyAnIdSaysHowJacksonWritesIt = noClasses()
            .that()
            .doNotHaveSimpleName("JobId")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule theSpiKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage("io.headrace.spi..")
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL));

    @ArchTest
    static final ArchRule nothingPublicLeaksAnInternalType = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("io.headrace", "io.headrace.spi")
            .should(mentionNoInternalType());

    @ArchTest
    static final ArchRule theEngineHasOneDoor = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .and()
            .doNotHaveSimpleName("Assembly")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areTopLevelClasses()
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Service)");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    private static ArchCondition<JavaMethod> mentionNoInternalType() {
        return new ArchCondition<>("mention no internal type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getReturnType().getAllInvolvedRawTypes().forEach(type -> report(method, type, events));
                method.getParameterTypes()
                        .forEach(parameter ->
                                parameter.getAllInvolvedRawTypes().forEach(type -> report(method, type, events)));
            }

            private void report(JavaMethod method, JavaClass type, ConditionEvents events) {
                if (type.getPackageName().startsWith("io.headrace.engine")) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type.getName()));
                }
            }
        };
    }
}
