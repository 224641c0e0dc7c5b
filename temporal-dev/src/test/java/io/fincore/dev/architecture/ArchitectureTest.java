package io.fincore.dev.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may know whom. */
class ArchitectureTest {

    private static final String[] LIBRARIES = {
        Module.MONEY.packages(),
        Module.AUDIT.packages(),
        Module.OUTBOX.packages(),
        Module.CUSTOMERS.packages(),
        Module.LEDGER.packages(),
        Module.DECISION.packages(),
        Module.PROVIDERS.packages()
    };

    @ParameterizedTest
    @EnumSource(value = Module.class, mode = EnumSource.Mode.EXCLUDE, names = "DEV")
    void knowsOnlyTheModulesItMayKnow(Module module) {
        noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.foreignPackages())
                .because(module.because())
                .check(Production.CLASSES);
    }

    @Test
    void everyClassBelongsToAModule() {
        List<String> strays = Production.CLASSES.stream()
                .filter(type -> List.of(Module.values()).stream()
                        .noneMatch(module -> resideInAPackage(module.packages()).test(type)))
                .map(JavaClass::getName)
                .toList();
        assertThat(strays)
                .as("the second part of a package's name is its module, so that an import shows its layer")
                .isEmpty();
    }

    @Test
    void moneyIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(Module.MONEY.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.fincore.money..", "java..", "org.joda.money..", "com.fasterxml.uuid..", "org.jspecify..")
                .because("everything stands on it: what it needs, everything needs")
                .check(Production.CLASSES);
    }

    @Test
    void workflowsStandOnTemporalAndMoneyAlone() {
        classes()
                .that()
                .resideInAPackage(Module.WORKFLOWS.packages())
                .and()
                .resideOutsideOfPackage("io.fincore.workflows.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.fincore.workflows..",
                        "io.fincore.money..",
                        "java..",
                        "io.temporal..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify..")
                .because("orchestration is decided by its history, and whatever else it knew could decide too")
                .check(Production.CLASSES);
    }

    @Test
    void librariesKnowNoTemporal() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.temporal..")
                .because("a book, a rule or a bank is the same without a workflow engine; steps join the two")
                .check(Production.CLASSES);
    }

    @Test
    void librariesKnowOfSpringOnlyItsJdbc() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .or()
                .resideInAPackage(Module.STEPS.packages())
                .should()
                .dependOnClassesThat(are(resideInAPackage("org.springframework..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                "org.springframework.jdbc..",
                                // The parent of its exceptions.
                                "org.springframework.core",
                                "org.springframework.dao..",
                                "org.springframework.transaction.."))))
                .because(
                        "they are made by their constructors; JDBC and joined transactions are all they take of Spring")
                .check(Production.CLASSES);
    }

    @Test
    void providersKnowNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(Module.PROVIDERS.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework..")
                .because("what a call to the bank leaves on record is decided by the step that calls")
                .check(Production.CLASSES);
    }

    @Test
    void banksMessagesAreWrittenInFewPlaces() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Module.PROVIDERS.packages(), "io.fincore.api.wallets..", "io.fincore.dev.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.prowidesoftware..")
                .because("ISO 20022 is how we speak to banks and book-keepers, not how we think")
                .check(Production.CLASSES);
    }

    @Test
    void apiReachesNoActivity() {
        noClasses()
                .that()
                .resideInAPackage(Module.API.packages())
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith(ActivityInterface.class)
                .because("a step outside its saga is a step that nobody undoes")
                .check(Production.CLASSES);
    }

    @Test
    void apiReachesNoWorkflowImplementation() {
        noClasses()
                .that()
                .resideInAPackage(Module.API.packages())
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("WorkflowImpl")
                .because("the API starts workflows by their contracts; a worker runs them")
                .check(Production.CLASSES);
    }

    @Test
    void onlyTheWorkerPolls() {
        noClasses()
                .that()
                .resideOutsideOfPackages(Module.WORKER.packages(), Module.DEV.packages())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.temporal.worker..")
                .because("queues, slots and registrations have one address")
                .check(Production.CLASSES);
    }

    @Test
    void stepsStartNoWorkflows() {
        noClasses()
                .that()
                .resideInAPackage(Module.STEPS.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal.client..", "io.temporal.workflow..", "io.temporal.serviceclient..")
                .because("an activity does one thing and returns; what follows is the workflow's to say")
                .check(Production.CLASSES);
    }
}
