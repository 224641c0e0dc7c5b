package io.fincore.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdTypeTest {

    @Test
    void makesDistinctIdsOfItsOwnForm() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = IdType.PAYMENT.next();
            assertThat(IdType.PAYMENT.matches(id)).as(id).isTrue();
            assertThat(seen.add(id)).as(id).isTrue();
        }
    }

    @Test
    void refusesIdsOfAnotherKind() {
        assertThatThrownBy(() -> IdType.WALLET.require(IdType.PAYMENT.next()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an id of kind wallet (wal_…)");
        assertThat(IdType.PAYMENT.matches("pay_")).isFalse();
        assertThat(IdType.PAYMENT.matches("pay_zzzzzzzzzzzzzzzzzzzzzzzzzz")).isFalse();
    }

    @Test
    void theLowestIdOfAnInstantStandsBetweenThoseMadeBeforeAndAfter() {
        Instant before = Instant.now().minusMillis(1);
        String id = IdType.EVENT.next();

        assertThat(IdType.EVENT.lowest(before)).isLessThan(id).matches(IdType.EVENT::matches);
        assertThat(IdType.EVENT.lowest(Instant.now().plusSeconds(60))).isGreaterThan(id);
        assertThat(IdType.EVENT.lowest(Instant.EPOCH)).isEqualTo("evt_" + "0".repeat(26));
    }

    @Test
    void turnsAPaymentIdIntoAnEndToEndIdAndBack() {
        String paymentId = IdType.PAYMENT.next();
        EndToEndId endToEndId = EndToEndId.ofPayment(paymentId);
        assertThat(endToEndId.value()).hasSize(28).matches("FC[A-Z0-9]+");
        assertThat(endToEndId.subjectId()).isEqualTo(paymentId);
        assertThat(endToEndId.isRefund()).isFalse();
        assertThat(new EndToEndId(endToEndId.value())).isEqualTo(endToEndId);
    }

    @Test
    void turnsARefundIdIntoAnEndToEndIdAndBack() {
        String refundId = IdType.REFUND.next();
        EndToEndId endToEndId = EndToEndId.ofRefund(refundId);
        assertThat(endToEndId.value()).hasSize(28).matches("FR[A-Z0-9]+");
        assertThat(endToEndId.subjectId()).isEqualTo(refundId);
        assertThat(endToEndId.isRefund()).isTrue();
        assertThat(new EndToEndId(endToEndId.value())).isEqualTo(endToEndId);
    }

    @Test
    void takesAPaymentForAPaymentAndARefundForARefundOnly() {
        assertThatThrownBy(() -> EndToEndId.ofPayment(IdType.REFUND.next()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EndToEndId.ofRefund(IdType.PAYMENT.next()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noPrefixIsAnothersBeginning() {
        for (IdType type : IdType.values()) {
            for (IdType other : IdType.values()) {
                assertThat(type == other || !other.matches(type.next()))
                        .as(type + " taken for " + other)
                        .isTrue();
            }
        }
    }

    @Test
    void refusesEndToEndIdsThatAreNotOurs() {
        assertThatThrownBy(() -> new EndToEndId("NOTPROVIDED")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EndToEndId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EndToEndId("FR123")).isInstanceOf(IllegalArgumentException.class);
        String lower = EndToEndId.ofPayment(IdType.PAYMENT.next()).value();
        assertThatThrownBy(() -> new EndToEndId("FC" + lower.substring(2).toLowerCase(Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
