package io.fincore.api.openapi;

import io.fincore.api.security.AccessRule;
import io.fincore.api.security.AccessRules;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Shows what is enforced: the scope of each operation, and in {@code x-required-roles} the role. */
final class SecurityRequirements implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        for (AccessRule rule : AccessRules.ALL) {
            PathItem path = api.getPaths().get(rule.path());
            // What a hidden controller serves is not described; that each row has an operation is checked at the start.
            if (path != null) {
                HttpMethod method = HttpMethod.valueOf(rule.method().name());
                require(Objects.requireNonNull(path.readOperationsMap().get(method), rule.path()), rule);
            }
        }
    }

    private static void require(Operation operation, AccessRule rule) {
        operation.setSecurity(rule.scope()
                .map(scope -> List.of(new SecurityRequirement().addList("token", scope)))
                // Signed requests take no token.
                .orElse(List.of()));
        rule.role().ifPresent(role -> operation.addExtension("x-required-roles", List.of(role.code())));
    }
}
