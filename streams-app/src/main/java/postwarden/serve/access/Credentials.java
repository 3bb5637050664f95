package postwarden.serve.access;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a request says of its caller.
 *
 * @param authorization all of its headers of that name
 * @param certificate that the caller has shown, and TLS has checked
 */
public record Credentials(List<String> authorization, Optional<X509Certificate> certificate) {
    public Credentials {
        authorization = List.copyOf(authorization);
    }
}
