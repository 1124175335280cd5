package io.headrace;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What may know what. */
@AnalyzeClasses(packages = "io.headrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INTERNAL = "io.headrace.engine..";

    private static final DescribedPredicate<JavaClass> USERS = describe(
            "engines and clients",
            type -> type.getPackageName().equals("io.headrace")
                    && type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(
                                    use -> use.getTargetClass().getSimpleName().equals("Assembly")));

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
            .resideInAnyPackage(
                    "io.headrace",
                    "io.headrace.spi",
                    "io.headrace.observe",
                    "io.headrace.schedule",
                    "io.headrace.signal",
                    "io.headrace.operate",
                    "io.headrace.bulk")
            .should(mentionNoInternalType());

    /** Each knows only those before it. Rooms of features come after them, and none of these knows any. */
    private static final List<String> ROAD = List.of(
            "guard",
            "json",
            "flush",
            "observed",
            "lease",
            "value",
            "settle",
            "complete",
            "step",
            "claim",
            "run",
            "upkeep",
            "client");

    /** What observers are told of a feature. */
    private static final String SCHEDULE_WORDS = "io.headrace.schedule";

    /** What callers are answered to a signal. */
    private static final String SIGNAL_WORDS = "io.headrace.signal";

    @ArchTest
    static final ArchRule noTwoRoomsKnowEachOtherInACircle =
            slices().matching("io.headrace.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void roomsOfTheRoadKnowOnlyThoseBeforeThem(JavaClasses all) {
        for (int i = 0; i < ROAD.size(); i++) {
            String room = room(ROAD.get(i));
            String[] before =
                    ROAD.stream().limit(i + 1).map(ArchitectureTest::room).toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .onlyDependOnClassesThat(not(resideInAPackage("io.headrace.."))
                            .or(resideInAnyPackage("io.headrace", "io.headrace.spi", "io.headrace.observe"))
                            .or(resideInAnyPackage(before))
                            .or(ROAD.get(i).equals("observed") ? resideInAPackage(SCHEDULE_WORDS) : alwaysFalse())
                            .or(resideInAPackage(SIGNAL_WORDS)))
                    .check(all);
        }
    }

    private static String room(String name) {
        return "io.headrace.engine." + name;
    }

    @ArchTest
    static final ArchRule theEngineHasOneDoor = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL).and(not(simpleName("Assembly"))));

    @ArchTest
    static final ArchRule whatPutsTheRoomsTogetherIsSeenByNobody = classes()
            .that()
            .resideInAPackage("io.headrace.engine")
            .and()
            .doNotHaveSimpleName("Assembly")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areTopLevelClasses()
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule whatIsPublicInARoomIsUsedByAnother = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .and()
            .doNotHaveSimpleName("Assembly")
            .and()
            // BlockHound's service loader uses it.
            .doNotHaveSimpleName("TimersMayLock")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should(beUsedByAnotherPackage());

    /** An engine is made of stores, observers and what users declare, and they must not know engines. */
    @ArchTest
    static final ArchRule storesObserversAndSchedulesDoNotKnowWhoUsesThem = noClasses()
            .that()
            .resideInAnyPackage("io.headrace.spi", "io.headrace.observe", "io.headrace.schedule")
            .should()
            .dependOnClassesThat(USERS);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Service)");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
        return new ArchCondition<>("be used by another package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getDirectDependenciesToSelf().stream()
                        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
                if (!used) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " could be package-private"));
                }
            }
        };
    }

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
