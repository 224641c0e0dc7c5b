package io.fincore.workflows.client;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.fincore.money.Currency;
import io.fincore.money.Money;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.Optional;

/** The JSON of workflow payloads and of step records. Unknown fields are ignored: payloads only ever gain fields. */
public final class Payloads {

    private static final ObjectMapper MAPPER = JacksonJsonPayloadConverter.newDefaultObjectMapper()
            .addMixIn(Money.class, MoneyJson.class)
            .addMixIn(Currency.class, CurrencyJson.class);

    private Payloads() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Encrypts and decrypts what Temporal keeps: for tools that look into histories, and for the codec server. */
    public static PayloadCodec codec(PayloadKeys keys) {
        return new EncryptingCodec(keys);
    }

    /** The workflow that an encrypted payload says it belongs to; true if it can be decoded. */
    public static Optional<String> workflowOf(Payload encrypted) {
        return Optional.ofNullable(encrypted.getMetadataMap().get(EncryptingCodec.WORKFLOW_ENTRY))
                .map(ByteString::toStringUtf8);
    }

    /** Messages and stack traces of failures are encrypted too: they may repeat what a step was given. */
    static DataConverter dataConverter(PayloadKeys keys) {
        return new CodecDataConverter(plainConverter(), List.of(codec(keys)), true);
    }

    /** For headers, which hold ids alone. */
    static DataConverter plainConverter() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(MAPPER));
    }

    /** {@code {"amount": 1250, "currency": "EUR"}}, as in the API. The money module itself knows no JSON library. */
    interface MoneyJson {

        @JsonCreator
        static Money of(@JsonProperty("amount") long minorUnits, @JsonProperty("currency") String currencyCode) {
            return Money.of(minorUnits, currencyCode);
        }

        @JsonProperty("amount")
        long minorUnits();

        @JsonIgnore
        boolean isZero();
    }

    interface CurrencyJson {

        @JsonValue
        String code();
    }
}
