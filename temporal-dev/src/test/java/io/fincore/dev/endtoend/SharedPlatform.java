package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporaryStack;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform for all tests that need no other than a running one: the first starts it, and it stops after the last. */
final class SharedPlatform implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedPlatform.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Running.class, none -> Running.start(), Running.class);
    }

    /** The platform, and who looks at it. */
    record Running(TemporaryStack temporary, Stack stack, Audit audit) implements CloseableResource {

        private static Running start() {
            TemporaryStack temporary = new TemporaryStack(Map.of(), Progress.silent());
            temporary.stack().start();
            return new Running(temporary, temporary.stack(), new Audit(temporary.stack()));
        }

        @Override
        public void close() {
            temporary.close();
        }
    }
}
