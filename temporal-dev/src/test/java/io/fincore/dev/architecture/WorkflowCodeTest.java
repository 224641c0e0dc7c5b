package io.fincore.dev.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.fincore.money.IdType;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What workflow code must not do: its history is replayed, on other machines and years later, and must come out the same. */
class WorkflowCodeTest {

    private static final Set<String> WAYS_TO_ASK_FOR_THE_TIME =
            Set.of("now", "currentTimeMillis", "nanoTime", "systemDefaultZone", "systemUTC");

    @Test
    void readsNoClock() {
        workflowCode()
                .should()
                .accessTargetWhere(calls(
                        "read the machine's clock",
                        target -> WAYS_TO_ASK_FOR_THE_TIME.contains(target.getName()) && isOfTheJdk(target.getOwner())))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .because("a replay would see another time; Workflow.currentTimeMillis() is the history's")
                .check(Production.CLASSES);
    }

    @Test
    void drawsNoRandomNumbers() {
        workflowCode()
                .should()
                .accessTargetWhere(calls(
                        "draw a random number or a new id",
                        target -> (target.getOwner().isEquivalentTo(UUID.class)
                                        && target.getName().equals("randomUUID"))
                                || (target.getOwner().isEquivalentTo(IdType.class)
                                        && target.getName().equals("next"))
                                || (target.getOwner().isEquivalentTo(Math.class)
                                        && target.getName().equals("random"))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .because("a replay would draw others; ids come with the order or from Workflow")
                .check(Production.CLASSES);
    }

    @Test
    void startsNoThreads() {
        workflowCode()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .because(
                        "only Temporal's own threads are replayed in their order; Async, Promise and Workflow.await are for that")
                .check(Production.CLASSES);
    }

    @Test
    void touchesNothingOutside() {
        workflowCode()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio..", "java.sql..", "javax.sql..", "org.springframework..")
                .orShould()
                .accessTargetWhere(calls(
                        "read the environment",
                        target -> target.getOwner().isEquivalentTo(System.class)
                                && Set.of("getenv", "getProperty", "getProperties")
                                        .contains(target.getName())))
                .because("whatever a workflow learns, it learns from its input, its activities and its messages")
                .check(Production.CLASSES);
    }

    @Test
    void contractsArePublicInterfaces() {
        classes()
                .that()
                .areAnnotatedWith(WorkflowInterface.class)
                .or()
                .areAnnotatedWith(ActivityInterface.class)
                .should()
                .bePublic()
                .andShould()
                .beInterfaces()
                .because("Temporal makes stubs of them, from packages of its own")
                .check(Production.CLASSES);
    }

    @Test
    void implementationsOfWorkflowsArePublic() {
        classes()
                .that(implement(WorkflowInterface.class))
                .should()
                .bePublic()
                .andShould()
                .haveSimpleNameEndingWith("WorkflowImpl")
                .because("Temporal registers one that is not public without a word, and then every workflow task fails")
                .check(Production.CLASSES);
    }

    @Test
    void implementationsOfActivitiesAreHidden() {
        classes()
                .that(implement(ActivityInterface.class))
                .and()
                .resideOutsideOfPackage(Module.DEV.packages())
                .should()
                .notBePublic()
                .andShould()
                .haveSimpleNameEndingWith("ActivitiesImpl")
                .andShould()
                .resideInAPackage(Module.STEPS.packages())
                .because("they are reached through Temporal, and handed to the worker by Steps")
                .check(Production.CLASSES);
    }

    /** What runs in a workflow's thread: all of the module but the options that clients and workers share. */
    private static GivenClassesConjunction workflowCode() {
        return noClasses()
                .that()
                .resideInAPackage(Module.WORKFLOWS.packages())
                .and()
                .resideOutsideOfPackage("io.fincore.workflows.client..");
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String description, Predicate<AccessTarget> which) {
        return DescribedPredicate.describe(description, access -> which.test(access.getTarget()));
    }

    private static boolean isOfTheJdk(JavaClass type) {
        return type.getPackageName().startsWith("java.");
    }

    private static DescribedPredicate<JavaClass> implement(Class<? extends Annotation> contract) {
        return DescribedPredicate.describe(
                "implement a @" + contract.getSimpleName(),
                type -> !type.isInterface()
                        && type.getAllRawInterfaces().stream().anyMatch(parent -> parent.isAnnotatedWith(contract)));
    }
}
