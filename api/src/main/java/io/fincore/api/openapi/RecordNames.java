package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes schemas of types, and remembers which record each is of: its components tell more than swagger reads from them. */
final class RecordNames extends ModelResolver {

    /** By the schema's name. The converters of swagger are one list for the whole process, and so is this. */
    private static final Map<String, Class<?>> RECORDS = new ConcurrentHashMap<>();

    /** Names of fields as they are on the wire. */
    RecordNames(ObjectMapper json) {
        super(json);
        openapi31(true);
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(type, context, next);
        if (schema != null && type.getType() != null) {
            Class<?> raw = TypeFactory.rawClass(type.getType());
            String name = schema.get$ref() == null ? schema.getName() : simpleName(schema.get$ref());
            if (raw.isRecord() && name != null) {
                Class<?> other = RECORDS.put(name, raw);
                if (other != null
                        && !Arrays.toString(other.getRecordComponents())
                                .equals(Arrays.toString(raw.getRecordComponents()))) {
                    throw new IllegalStateException(other + " and " + raw + " are both called " + name);
                }
            }
        }
        return schema;
    }

    static @Nullable Class<?> record(String schema) {
        return RECORDS.get(schema);
    }

    static String simpleName(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }
}
