package io.fincore.decision;

import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the sanctions lists up to date; payments decided after the commit are compared with the new list. */
public final class SanctionsLists {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /**
     * @param owner connects as the owner of the schema: who decides on payments must not be able to shorten the list
     */
    public SanctionsLists(DataSource owner) {
        this.jdbc = JdbcClient.create(owner);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /** Puts the list in the place of the one with the same id, if there is one. */
    public void replace(SanctionsList list) {
        transaction.executeWithoutResult(status -> {
            remove(list.id());
            jdbc.sql("INSERT INTO decision.sanctions_list (id, title, as_of) VALUES (:id, :title, :asOf)")
                    .param("id", list.id())
                    .param("title", list.title())
                    .param("asOf", list.asOf().atOffset(ZoneOffset.UTC))
                    .update();
            list.names().forEach(name -> insertName(list.id(), name));
            list.countries().forEach(country -> insertCountry(list.id(), country));
        });
    }

    /** Takes a list away, with its entries. Without any list every payment counts as compared with a stale one. */
    public void remove(String id) {
        jdbc.sql("DELETE FROM decision.sanctions_list WHERE id = :id")
                .param("id", id)
                .update();
    }

    private void insertName(String listId, String name) {
        NormalisedName normalised = NormalisedName.of(name);
        jdbc.sql("""
                        INSERT INTO decision.sanction_entry (list_id, kind, text, keys, words)
                        VALUES (:listId, 'name', :name, :keys, :words)""")
                .param("listId", listId)
                .param("name", name)
                .param("keys", normalised.keys().toArray(String[]::new))
                .param("words", normalised.words().toArray(String[]::new))
                .update();
    }

    private void insertCountry(String listId, String country) {
        jdbc.sql("INSERT INTO decision.sanction_entry (list_id, kind, text) VALUES (:listId, 'country', :country)")
                .param("listId", listId)
                .param("country", country)
                .update();
    }
}
