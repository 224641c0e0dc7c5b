package io.fincore.api.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** What no request may look like, whoever sends it. */
@Configuration(proxyBeanMethods = false)
class FirewallConfiguration {

    /**
     * A method that no route takes is answered by the routes, with 405 and those they take, rather than with a bare 400. Names of parameters
     * may have characters that Unicode has had for less time than this Java: a key of metadata can have them too.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedParameterNames(name -> name.codePoints().noneMatch(Character::isISOControl));
        return firewall;
    }
}
