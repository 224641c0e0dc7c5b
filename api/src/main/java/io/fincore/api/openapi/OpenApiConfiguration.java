package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.security.Caller;
import io.fincore.api.security.Route;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What the code does not say about itself. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("FinCore")
                        .version("v1")
                        .description("Payments as durable workflows. Money is in minor units of its currency.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    /** Names of fields as they are on the wire. */
    @Bean
    ModelResolver modelResolver(ObjectMapper json) {
        return new ModelResolver(json).openapi31(true);
    }

    @Bean
    OperationCustomizer operationIds() {
        return (operation, method) -> operation.operationId(Route.operation(method));
    }

    @Bean
    OpenApiCustomizer accessRules() {
        return new SecurityRequirements();
    }

    @Bean
    @Order(1)
    OpenApiCustomizer problems() {
        return new ProblemResponses();
    }

    @Bean
    @Order(2)
    OpenApiCustomizer limits() {
        return new LimitHeaders();
    }
}
