package io.fincore.api.request;

import io.fincore.api.json.Rfc3339;
import io.fincore.api.limits.WalletLimits;
import io.fincore.api.lists.MetadataFilterResolver;
import io.fincore.api.security.CallerResolver;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final ParameterGuard parameters;
    private final WalletLimits wallets;

    WebConfiguration(ParameterGuard parameters, WalletLimits wallets) {
        this.parameters = parameters;
        this.wallets = wallets;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(parameters);
        registry.addInterceptor(wallets);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new MetadataFilterResolver());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, Rfc3339::time);
    }

    /** Resources without a version of their own get an ETag from their representation. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> filter =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        filter.addUrlPatterns("/v1/*");
        return filter;
    }
}
