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
import io.swagger.v3.oas.models.tags.Tag;
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

    private static final String ABOUT = """
            Payments as durable workflows, on a double-entry ledger.

            - **Try it:** `temporal-dev/token` prints an access token of the development stack. Give it to *Authorize*; the examples of \
            requests can be sent as they are once their ids are yours.
            - **Money** is a whole number of minor units of its currency: 1250 with `EUR` is EUR 12.50.
            - **Orders** are repeated safely with the same `Idempotency-Key`: carried out once, and answered as the first time.
            - **What takes time** is answered by 202 as soon as it is durable; its `status` tells how far it is, and events tell of \
            every change.
            - **Errors** are problems (RFC 9457); [their pages](/problems) tell what to do.
            - **Objects** belong to the principal who created them: for anybody else they are 404.
            """;

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("FinCore")
                        .version("v1")
                        .description(ABOUT)
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

    @Bean
    ModelResolver modelResolver(ObjectMapper json) {
        return new RecordNames(json);
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

    /** Last, so that it sees all that others have added. */
    @Bean
    @Order(100)
    OpenApiCustomizer wordsAndExamples() {
        Words words = Words.read();
        Examples examples = Examples.read();
        return api -> {
            new Headers(words).customise(api);
            new Operations(words, examples).customise(api);
            new Schemas(words, examples).customise(api);
            Cursors.customise(api);
            new Webhooks(words, examples).customise(api);
            new Shared(words).customise(api);
            words.tags()
                    .forEach(
                            (name, text) -> api.addTagsItem(new Tag().name(name).description(text)));
        };
    }
}
