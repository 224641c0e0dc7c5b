package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Reads the YAML files that the description is made of. */
final class Resources {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Resources() {}

    /** @throws IllegalStateException naming the file that cannot be read */
    static <T> List<T> all(String pattern, Class<T> type) {
        try {
            List<T> all = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:" + pattern)) {
                all.add(read(file, type));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(Resource file, Class<T> type) {
        try (InputStream in = file.getInputStream()) {
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new IllegalStateException(file.getFilename() + ": " + e.getMessage(), e);
        }
    }
}
