package io.fincore.api.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Goes on after a value that cannot be converted, so that one start tells every mistake: those of form, which binding would stop at,
 * and those that validation finds.
 */
final class AllMistakesAtOnce extends AbstractBindHandler {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("fincore");

    private final List<String> mistakes = new ArrayList<>();

    AllMistakesAtOnce(BindHandler parent) {
        super(parent);
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) throws Exception {
        if (!ROOT.isAncestorOf(name) && !ROOT.equals(name)) {
            return super.onFailure(name, target, context, error);
        }
        if (error instanceof BindValidationException invalid) {
            invalid.getValidationErrors()
                    .getAllErrors()
                    .forEach(mistake -> mistakes.add(ROOT + "." + field(mistake) + ": " + mistake.getDefaultMessage()));
        } else if (context.getConfigurationProperty() != null) {
            mistakes.add(context.getConfigurationProperty().getName() + ": has not the form of a "
                    + target.getType().resolve(Object.class).getSimpleName());
            return null;
        }
        if (mistakes.isEmpty()) {
            return super.onFailure(name, target, context, error);
        }
        throw new InvalidSettingsException(mistakes);
    }

    @Override
    public void onFinish(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, @Nullable Object result)
            throws Exception {
        super.onFinish(name, target, context, result);
        if (ROOT.equals(name) && !mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
    }

    private static String field(org.springframework.validation.ObjectError mistake) {
        return mistake instanceof org.springframework.validation.FieldError field
                ? org.springframework.boot.context.properties.bind.DataObjectPropertyName.toDashedForm(field.getField())
                : mistake.getObjectName();
    }
}
