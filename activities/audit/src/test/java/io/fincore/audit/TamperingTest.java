package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the owner of the tables can do with all triggers off, and what the verification says to it. */
class TamperingTest {

    private static final int ENTRIES = 10;

    private final Recorder recorder = new Recorder();
    private Anchor early;
    private Anchor late;

    @BeforeEach
    void chain() {
        recorder.chain(4);
        early = recorder.log.anchor(Duration.ZERO).orElseThrow();
        recorder.chain(4);
        late = recorder.log.anchor(Duration.ZERO).orElseThrow();
        recorder.chain(2);
        assertThat(recorder.verify(early, late))
                .isInstanceOfSatisfying(
                        AuditVerdict.Verified.class,
                        verified -> assertThat(verified.entries()).isEqualTo(ENTRIES));
        for (String table : List.of("entry", "anchor", "unsealed")) {
            recorder.owner
                    .sql("ALTER TABLE audit." + table + " DISABLE TRIGGER USER")
                    .update();
        }
    }

    @Test
    void namesAnEntryThatWasEdited() {
        change("UPDATE audit.entry SET after = '{\"status\": \"active\"}' WHERE position = 6");
        assertBroken(6, "entry 6 (wallet.frozen of wallet wal_2) is not the one that was sealed here");
    }

    @Test
    void namesAnEntryWhoseJsonWasOnlyWrittenAnew() {
        change("UPDATE audit.entry SET after = '{\"status\":\"frozen\"}' WHERE position = 6");
        assertBroken(6, "entry 6 (wallet.frozen of wallet wal_2) is not the one that was sealed here");
    }

    @Test
    void namesEachColumnsEdit() {
        for (String edit : List.of(
                "recorded_at = recorded_at + interval '1 microsecond'",
                "action = 'wallet.closed'",
                "object = 'hold'",
                "object_id = 'wal_x'",
                "before = NULL",
                "origin = '{\"actor\": \"somebody else\"}'",
                "hash = sha256('')")) {
            recorder.owner
                    .sql("CREATE TABLE audit.kept AS SELECT * FROM audit.entry WHERE position = 3")
                    .update();
            change("UPDATE audit.entry SET " + edit + " WHERE position = 3");
            assertBroken(3, "entry 3 (");
            change("DELETE FROM audit.entry WHERE position = 3");
            change("INSERT INTO audit.entry SELECT * FROM audit.kept");
            recorder.owner.sql("DROP TABLE audit.kept").update();
            assertThat(recorder.verify(early, late)).isInstanceOf(AuditVerdict.Verified.class);
        }
    }

    @Test
    void namesAnEntryThatWasDeleted() {
        change("DELETE FROM audit.entry WHERE position = 6");
        assertBroken(6, "entry 6 is missing");
    }

    @Test
    void namesAnEntryThatWasDeletedWithTheOthersMovedUp() {
        change("DELETE FROM audit.entry WHERE position = 10");
        change("DELETE FROM audit.entry WHERE position = 9");
        change("INSERT INTO audit.entry SELECT 9, recorded_at, action, object, 'wal_2', before, after, origin, hash"
                + " FROM audit.entry WHERE position = 7");
        assertBroken(9, "entry 9 (wallet.frozen of wallet wal_2) is not the one that was sealed here");
    }

    @Test
    void namesTheFirstOfAllThatWereDeleted() {
        dropReferences();
        change("DELETE FROM audit.entry WHERE position <= 3");
        assertBroken(1, "entry 1 is missing");
    }

    @Test
    void namesTheEndThatWasCutOff() {
        dropReferences();
        change("DELETE FROM audit.entry WHERE position >= 7");
        assertBroken(7, "entry 7 is missing: an anchor says that there were 8");
    }

    @Test
    void namesTheEndThatWasCutOffWithItsAnchorByTheExportedOne() {
        change("DELETE FROM audit.anchor WHERE position = 8");
        change("DELETE FROM audit.entry WHERE position >= 7");
        assertThat(recorder.verify()).as("nothing inside tells").isInstanceOf(AuditVerdict.Verified.class);
        assertBroken(7, "entry 7 is missing: an anchor says that there were 8", early, late);
    }

    @Test
    void namesAnEntryThatWasInserted() {
        dropReferences();
        change("UPDATE audit.entry SET position = position + 101 WHERE position >= 6");
        change("UPDATE audit.entry SET position = position - 100 WHERE position > 100");
        change("INSERT INTO audit.entry SELECT 6, recorded_at, action, object, 'wal_x', before, after, origin, hash"
                + " FROM audit.entry WHERE position = 7");
        assertBroken(6, "entry 6 (wallet.frozen of wallet wal_x) is not the one that was sealed here");
    }

    @Test
    void namesAnEntryThatStandsBesideAnother() {
        dropReferences();
        recorder.owner
                .sql("ALTER TABLE audit.entry DROP CONSTRAINT entry_pkey CASCADE")
                .update();
        change("INSERT INTO audit.entry SELECT * FROM audit.entry WHERE position = 6");
        assertBroken(6, "there is more than one entry at position 6");
    }

    @Test
    void namesAnEntryBeforeTheFirst() {
        recorder.owner
                .sql("ALTER TABLE audit.entry DROP CONSTRAINT entry_position_check")
                .update();
        change("INSERT INTO audit.entry SELECT 0, recorded_at, action, object, object_id, before, after, origin, hash"
                + " FROM audit.entry WHERE position = 6");
        assertBroken(0, "there is an entry at position 0, and the first is 1");
    }

    @Test
    void namesTheFirstOfTwoThatWereReordered() {
        change("UPDATE audit.entry SET object_id = CASE position WHEN 6 THEN 'wal_3' ELSE 'wal_2' END"
                + " WHERE position IN (6, 7)");
        assertBroken(6, "entry 6 (wallet.frozen of wallet wal_3) is not the one that was sealed here");
    }

    @Test
    void namesTheFirstOfTwoThatChangedPlacesWithTheirHashes() {
        dropReferences();
        change("UPDATE audit.entry SET position = CASE position WHEN 6 THEN 107 ELSE 106 END WHERE position IN (6, 7)");
        change("UPDATE audit.entry SET position = position - 100 WHERE position > 100");
        assertBroken(6, "entry 6 (wallet.frozen of wallet wal_3) is not the one that was sealed here");
    }

    @Test
    void findsAChainThatWasRecomputedByTheExportedAnchorAlone() {
        change("UPDATE audit.entry SET after = '{\"status\": \"active\"}' WHERE position = 6");
        recompute();
        change("UPDATE audit.anchor a SET hash = e.hash FROM audit.entry e WHERE e.position = a.position");

        assertThat(recorder.verify()).as("nothing inside tells").isInstanceOf(AuditVerdict.Verified.class);
        assertBroken(8, "the first entry that was changed is one of 5 to 8", early, late);
        assertBroken(8, "the first entry that was changed is one of 1 to 8", late);
        assertThat(recorder.verify(early)).as("an anchor of before the edit").isInstanceOf(AuditVerdict.Verified.class);
    }

    @Test
    void findsAChainThatWasRecomputedWithoutItsAnchors() {
        change("UPDATE audit.entry SET after = '{\"status\": \"active\"}' WHERE position = 6");
        recompute();
        assertBroken(8, "entry 8 and anchor 2 say different hashes");
    }

    @Test
    void namesAnAnchorThatWasRewritten() {
        change("UPDATE audit.anchor SET hash = sha256('') WHERE number = 1");
        assertBroken(4, "entry 4 and anchor 1 say different hashes");
        assertBroken(
                4, "the anchors were rewritten: the one that was exported as '" + early.toLine() + "'", early, late);
    }

    @Test
    void namesAnAnchorWhoseInstantWasRewritten() {
        change("UPDATE audit.anchor SET anchored_at = anchored_at - interval '1 day' WHERE number = 2");
        assertBroken(
                8, "the anchors were rewritten: the one that was exported as '" + late.toLine() + "'", early, late);
    }

    @Test
    void namesAnAnchorThatWasDeleted() {
        change("DELETE FROM audit.anchor WHERE number = 1");
        assertBroken(8, "anchor 1 is missing");
        assertBroken(4, "the anchors were rewritten: the one that was exported as '" + early.toLine() + "'", early);
    }

    /** With triggers and foreign keys off: what was typed is what is done. */
    private void change(String sql) {
        assertThat(recorder.owner.sql(sql).update()).as(sql).isPositive();
    }

    private void dropReferences() {
        recorder.owner
                .sql("ALTER TABLE audit.anchor DROP CONSTRAINT anchor_position_fkey")
                .update();
    }

    /** As the owner would who knows how the chain is made. */
    private void recompute() {
        recorder.owner.sql("""
                        UPDATE audit.entry e SET hash = n.hash
                          FROM (SELECT position, audit.chain(audit.genesis(), audit.canonical(position, recorded_at, action, object,
                                           object_id, before::text, after::text, origin::text)) OVER (ORDER BY position) AS hash
                                  FROM audit.entry) n
                         WHERE n.position = e.position""").update();
    }

    private void assertBroken(long position, String what, Anchor... trusted) {
        assertThat(recorder.verify(trusted)).isInstanceOfSatisfying(AuditVerdict.Broken.class, broken -> {
            assertThat(broken.position()).isEqualTo(position);
            assertThat(broken.what()).contains(what);
        });
    }
}
