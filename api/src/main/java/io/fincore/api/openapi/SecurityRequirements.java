package io.fincore.api.openapi;

import io.fincore.api.security.AccessRule;
import io.fincore.api.security.AccessRules;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Shows what is enforced: the scope of each operation, and in {@code x-required-roles} the role. */
final class SecurityRequirements implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        AccessRules.ALL.forEach(rule -> require(
                api.getPaths()
                        .get(rule.path())
                        .readOperationsMap()
                        .get(HttpMethod.valueOf(rule.method().name())),
                rule));
    }

    private static void require(Operation operation, AccessRule rule) {
        operation.setSecurity(rule.scope()
                .map(scope -> List.of(new SecurityRequirement().addList("token", scope)))
                // Signed requests take no token.
                .orElse(List.of()));
        rule.role().ifPresent(role -> operation.addExtension("x-required-roles", List.of(role.code())));
    }
}
