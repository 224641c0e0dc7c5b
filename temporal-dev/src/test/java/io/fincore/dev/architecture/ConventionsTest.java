package io.fincore.dev.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import io.fincore.steps.BookCheck;
import io.fincore.steps.BookCheckJob;
import io.fincore.steps.Notifications;
import io.fincore.steps.Steps;
import io.fincore.steps.Webhooks;
import io.fincore.worker.WorkerApplication;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RestController;

/** How classes are written, wherever they stand. */
class ConventionsTest {

    /** The worker's one command for people. */
    private static final String CHECK_BOOK = "io.fincore.worker.BookCheckCommand";

    private static final Set<Class<?>> FLOATING = Set.of(double.class, float.class, Double.class, Float.class);

    private static final String[] WITH_MONEY = {
        Module.MONEY.packages(),
        Module.LEDGER.packages(),
        Module.CUSTOMERS.packages(),
        Module.OUTBOX.packages(),
        Module.DECISION.packages(),
        Module.PROVIDERS.packages(),
        Module.WORKFLOWS.packages(),
        Module.STEPS.packages(),
        Module.API.packages()
    };

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = Production.CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each -> each.getName())
                .toList();
        assertThat(unmarked)
                .as("NullAway looks only at packages whose package-info says @NullMarked")
                .isEmpty();
    }

    @Test
    void nothingIsInjectedIntoFields() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION
                .because("a constructor shows what a class needs, and a test can call it")
                .check(Production.CLASSES);
    }

    @Test
    void fieldsAreNotPublic() {
        fields().that()
                .areNotStatic()
                .should()
                .notBePublic()
                .because("a class that cannot protect its state cannot promise anything about it")
                .check(Production.CLASSES);
    }

    @Test
    void timeIsJavaTime() {
        noClasses()
                .should()
                .dependOnClassesThat(assignableToAny("dates of before java.time", Date.class, Calendar.class)
                        .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(java.sql.Timestamp.class))))
                .because("Instant and Duration say what they are; Timestamp is allowed where the driver wants it")
                .check(Production.CLASSES);
    }

    @Test
    void moneyIsNeverAFloat() {
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(WITH_MONEY)
                .should()
                .haveRawType(floating())
                .because("an amount is whole minor units, and what is not stored in a float cannot be rounded by one")
                .check(Production.CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(WITH_MONEY)
                .should()
                .haveRawReturnType(floating())
                .because("an amount is whole minor units, and what is not stored in a float cannot be rounded by one")
                .check(Production.CLASSES);
    }

    @Test
    void nothingIsPrintedButByCommands() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
                .because("all logging is SLF4J, whose lines carry the correlation id")
                .check(Production.CLASSES);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .because("processes log JSON; only commands for people print")
                .check(Production.CLASSES
                        .that(DescribedPredicate.not(resideInAPackage(Module.DEV.packages())))
                        .that(DescribedPredicate.not(HasName.Predicates.name(CHECK_BOOK))));
    }

    @Test
    void theFleetIsWiredByHand() {
        noClasses()
                .that()
                .resideInAPackage(Module.WORKER.packages())
                .should()
                .beMetaAnnotatedWith(ComponentScan.class)
                .orShould()
                .beAnnotatedWith(Component.class)
                .orShould()
                .beAnnotatedWith(Service.class)
                .orShould()
                .beAnnotatedWith(Repository.class)
                .because("what runs on which queue is read in one place, not found by scanning")
                .check(Production.CLASSES);
    }

    @Test
    void onlyContractsArePublic() {
        classes()
                .that()
                .resideInAPackage(Module.STEPS.packages())
                .and()
                .doNotBelongToAnyOf(
                        Steps.class, Notifications.class, Webhooks.class, BookCheck.class, BookCheckJob.class)
                .or()
                .resideInAPackage(Module.WORKER.packages())
                .and()
                .doNotHaveFullyQualifiedName(WorkerApplication.class.getName())
                .should()
                .notBePublic()
                .because("the worker reaches the steps by Steps, customers are told by Notifications, clients'"
                        + " endpoints by Webhooks, the book is checked by BookCheck, and nobody reaches into the"
                        + " worker")
                .check(Production.CLASSES);
        classes()
                .that()
                .areMetaAnnotatedWith(RestController.class)
                .or()
                .areMetaAnnotatedWith(Configuration.class)
                .and()
                .doNotHaveSimpleName("ApiApplication")
                .and()
                .doNotHaveSimpleName("WorkerApplication")
                .should()
                .notBePublic()
                .because("Spring finds them without, and nobody else shall call them")
                .check(Production.CLASSES);
    }

    private static DescribedPredicate<JavaClass> floating() {
        return DescribedPredicate.describe(
                "float or double", type -> FLOATING.stream().anyMatch(floating -> type.isEquivalentTo(floating)));
    }

    private static DescribedPredicate<JavaClass> assignableToAny(String description, Class<?>... types) {
        return DescribedPredicate.describe(
                description, type -> List.of(types).stream().anyMatch(type::isAssignableTo));
    }
}
