package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two entries whose bytes were written down by hand and hashed by another tool, and what Java and SQL make of them. */
class ChainTest {

    private static final String GENESIS = "209ed638489eda586087347f766deef59c82ada9baf34fb0bf4997cfe783b5cb";
    private static final String FIRST_HASH = "cfbe455eec26d53f19e1e4bc8e64eaa415ffcf57c1748387ec00939b629212bc";
    private static final String SECOND_HASH = "d37859b00869ac07c0386f2851aa8929331d55d76a343952f0003129ab7f836c";

    private static final AuditEntry FIRST = new AuditEntry(
            1,
            Instant.parse("2026-11-21T22:15:01.000001Z"),
            "wallet.frozen",
            "wallet",
            "wal_1",
            "{\"status\": \"active\"}",
            "{\"note\": \"ü\", \"status\": \"frozen\"}",
            "{\"actor\": \"clara\"}",
            FIRST_HASH);

    private static final AuditEntry SECOND = new AuditEntry(
            2,
            Instant.parse("2026-11-21T22:15:02Z"),
            "wallet.opened",
            "wallet",
            "wal_2",
            null,
            "{}",
            "{\"actor\": \"workflow payment/pay_1\", \"correlation_id\": \"c-1\"}",
            SECOND_HASH);

    @Test
    void writesEachFieldWithItsLengthInBytes() {
        assertThat(Chain.canonical(FIRST))
                .isEqualTo(
                        "1:1,27:2026-11-21T22:15:01.000001Z,13:wallet.frozen,6:wallet,5:wal_1,20:{\"status\": \"active\"},"
                                + "34:{\"note\": \"ü\", \"status\": \"frozen\"},18:{\"actor\": \"clara\"},");
        assertThat(Chain.canonical(SECOND))
                .isEqualTo("1:2,27:2026-11-21T22:15:02.000000Z,13:wallet.opened,6:wallet,5:wal_2,-,2:{},"
                        + "60:{\"actor\": \"workflow payment/pay_1\", \"correlation_id\": \"c-1\"},");
    }

    @Test
    void chainsInJavaAsAnotherToolDoes() {
        assertThat(Chain.GENESIS).isEqualTo(GENESIS);
        assertThat(Chain.hash(GENESIS, FIRST)).isEqualTo(FIRST_HASH);
        assertThat(Chain.hash(FIRST_HASH, SECOND)).isEqualTo(SECOND_HASH);
    }

    @Test
    void chainsInTheDatabaseAsAnotherToolDoes() {
        Recorder recorder = new Recorder();
        for (AuditEntry entry : List.of(FIRST, SECOND)) {
            recorder.superuser
                    .sql("""
                            INSERT INTO audit.unsealed (recorded_at, action, object, object_id, before, after, origin)
                            VALUES (?::timestamptz, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)""")
                    .params(
                            entry.recordedAt().toString(),
                            entry.action(),
                            entry.object(),
                            entry.objectId(),
                            entry.before(),
                            entry.after(),
                            entry.origin())
                    .update();
        }
        recorder.log.seal(10);

        assertThat(recorder.log.entries(new AuditQuery(null, null, null, null, 10)))
                .containsExactly(SECOND, FIRST);
        assertThat(recorder.verify()).isEqualTo(new AuditVerdict.Verified(2, SECOND_HASH));
    }

    @Test
    void anEmptyLogIsVerified() {
        assertThat(new Recorder().verify()).isEqualTo(new AuditVerdict.Verified(0, GENESIS));
    }
}
