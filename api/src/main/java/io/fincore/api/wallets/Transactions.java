package io.fincore.api.wallets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.fincore.ledger.Movement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** The transactions of a statement, in their order; read while they are written, so that there may be any number of them. */
final class Transactions implements JsonSerializable {

    private final Source source;

    Transactions(Source source) {
        this.source = source;
    }

    /** Hands on one movement after another. */
    interface Source {
        void forEach(Consumer<Movement> consumer);
    }

    /** What is done with each of them. */
    interface Row {
        void write(TransactionBody transaction) throws IOException;
    }

    void forEach(Row row) throws IOException {
        try {
            source.forEach(movement -> {
                try {
                    row.write(TransactionBody.of(movement));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeStartArray();
        forEach(transaction -> serializers.defaultSerializeValue(transaction, json));
        json.writeEndArray();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(json, serializers);
    }
}
