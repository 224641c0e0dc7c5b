package io.fincore.workflows;

import io.temporal.activity.ActivityInterface;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import io.temporal.workflow.WorkflowInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What this module declares to Temporal, found by looking at all of its classes: nobody can forget to add a new one here. */
final class Contracts {

    private static final List<Class<?>> CLASSES = classes();

    private Contracts() {}

    static List<Class<?>> workflowInterfaces() {
        return annotatedWith(WorkflowInterface.class);
    }

    static List<Class<?>> activityInterfaces() {
        return annotatedWith(ActivityInterface.class);
    }

    static List<Class<?>> workflowImplementations() {
        return CLASSES.stream()
                .filter(type -> !type.isInterface())
                .filter(type -> workflowInterfaces().stream().anyMatch(contract -> contract.isAssignableFrom(type)))
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .toList();
    }

    static List<String> workflowTypes() {
        return workflowInterfaces().stream()
                .map(type -> POJOWorkflowInterfaceMetadata.newInstance(type)
                        .getWorkflowType()
                        .orElseThrow())
                .toList();
    }

    /** Names of all signals and updates. */
    static Stream<String> messages() {
        return workflowInterfaces().stream()
                .map(POJOWorkflowInterfaceMetadata::newInstance)
                .flatMap(type -> type.getMethodsMetadata().stream())
                .filter(method -> switch (method.getType()) {
                    case SIGNAL, UPDATE -> true;
                    case WORKFLOW, QUERY, UPDATE_VALIDATOR, NONE -> false;
                })
                .map(POJOWorkflowMethodMetadata::getName);
    }

    /** Everything of ours that crosses a border as JSON: arguments and results, and what they consist of. */
    static Set<Class<?>> payloadTypes() {
        Set<Class<?>> types = new LinkedHashSet<>();
        Stream.concat(workflowInterfaces().stream(), activityInterfaces().stream())
                .flatMap(type -> Stream.of(type.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .flatMap(method -> Stream.concat(
                        Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes())))
                .forEach(type -> collect(type, types));
        return types;
    }

    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
        } else if (type instanceof Class<?> found && found.getName().startsWith("io.fincore.") && types.add(found)) {
            if (found.isSealed()) {
                Stream.of(found.getPermittedSubclasses()).forEach(permitted -> collect(permitted, types));
            }
            if (found.isRecord()) {
                Stream.of(found.getRecordComponents()).forEach(component -> collect(component.getGenericType(), types));
            }
        }
    }

    static List<String> activityTypes() {
        return activityInterfaces().stream()
                .map(POJOActivityInterfaceMetadata::newInstance)
                .flatMap(type -> type.getMethodsMetadata().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .toList();
    }

    private static List<Class<?>> annotatedWith(Class<? extends Annotation> annotation) {
        return CLASSES.stream()
                .filter(type -> type.isAnnotationPresent(annotation))
                .toList();
    }

    private static List<Class<?>> classes() {
        try {
            Path root = Path.of(TaskQueues.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(root::relativize)
                        .map(Path::toString)
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .<Class<?>>map(Contracts::load)
                        .toList();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length())
                .replace('/', '.')
                .replace('\\', '.');
        try {
            return Class.forName(name, false, Contracts.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
