package io.fincore.api.wallets;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Writes statements in a form of its own; chosen by the client's Accept. */
abstract class StatementWriter extends AbstractHttpMessageConverter<StatementBody> {

    StatementWriter(MediaType form) {
        super(StandardCharsets.UTF_8, form);
    }

    @Override
    protected final boolean supports(Class<?> type) {
        return type == StatementBody.class;
    }

    @Override
    public final boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected final StatementBody readInternal(Class<? extends StatementBody> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("statements are not read", message);
    }
}
