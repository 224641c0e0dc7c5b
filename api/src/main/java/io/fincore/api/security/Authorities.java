package io.fincore.api.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token grants: to the client by {@code scope}, a text with blanks between (RFC 8693, 4.2), to the person by {@code roles}, a list
 * of texts (RFC 9068, 2.2.3.1). A claim of another form grants nothing.
 */
final class Authorities implements Converter<Jwt, Collection<GrantedAuthority>> {

    @Override
    public Collection<GrantedAuthority> convert(Jwt token) {
        List<GrantedAuthority> granted = new ArrayList<>();
        if (token.getClaims().get("scope") instanceof String scopes) {
            for (String scope : scopes.split(" ", -1)) {
                if (!scope.isEmpty()) {
                    granted.add(new SimpleGrantedAuthority(AccessRule.SCOPE_AUTHORITY + scope));
                }
            }
        }
        if (token.getClaims().get("roles") instanceof Collection<?> roles) {
            for (Object role : roles) {
                if (role instanceof String name && !name.isEmpty()) {
                    granted.add(new SimpleGrantedAuthority(Role.AUTHORITY + name));
                }
            }
        }
        return granted;
    }
}
