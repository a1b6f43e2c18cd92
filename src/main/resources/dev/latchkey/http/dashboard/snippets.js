// What a service that receives the tokens has to be told, filled in for a key.
import {part, tags} from './tags.js';
import {Takeaway} from './copy.js';

const {section, h2, p, details, summary} = tags;

const quoted = (text) => JSON.stringify(text);

const yaml = (issuer, jwksUri, audience) => `spring:
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: ${issuer}
          jwk-set-uri: ${jwksUri}
          audiences: ${audience}`;

const spring = (scopes) => `@Bean
SecurityFilterChain api(HttpSecurity http) throws Exception {
    return http
            .authorizeHttpRequests(requests -> requests
                    .anyRequest().access(AuthorizationManagers.allOf(
${scopes.map((name) => `                            AuthorityAuthorizationManager.hasAuthority(${quoted(`SCOPE_${name}`)})`).join(',\n')})))
            .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
            .build();
}

@Bean
JwtDecoder decoder(OAuth2ResourceServerProperties properties) {
    var jwt = properties.getJwt();
    var decoder = NimbusJwtDecoder.withJwkSetUri(jwt.getJwkSetUri())
            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"))))
            .build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(),
            new JwtIssuerValidator(jwt.getIssuerUri()),
            new JwtClaimValidator<List<String>>("aud", aud -> aud.containsAll(jwt.getAudiences()))));
    return decoder;
}`;

const node = (issuer, jwksUri, algorithms, audience, scopes) => `import {createRemoteJWKSet, jwtVerify} from 'jose';

const keys = createRemoteJWKSet(new URL(${quoted(jwksUri)}));

export async function authorize(request) {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
  const {payload} = await jwtVerify(token, keys, {
    issuer: ${quoted(issuer)},
    audience: ${quoted(audience)},
    typ: 'at+jwt',
    algorithms: ['${algorithms.join(`', '`)}'],
  });
  const scopes = payload.scope.split(' ');
  if (!${quoted(scopes)}.every((scope) => scopes.includes(scope))) {
    throw new Error('insufficient_scope');
  }
  return payload;
}`;

const nginx = (issuer, scopes) => `location /api/ {
    auth_request /_latchkey;
    auth_request_set $client $upstream_http_x_latchkey_client_id;
    proxy_set_header X-Client-Id $client;
    proxy_pass http://your-service;
}

location = /_latchkey {
    internal;
    proxy_pass ${issuer}/connect/verify?scope=${scopes.map(encodeURIComponent).join('+')};
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
}`;

/**
 * For the scopes of a key that services check; those of Latchkey's own API are none. `audience` is what a token of the key
 * said, if one has been seen; else the service's default is taken to be its issuer.
 */
export const Snippets = part(function Snippets({accessKey, metadata, audience: seen}) {
  const {issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: algorithms} = metadata;
  const scopes = accessKey.scopes.filter((name) => !name.startsWith('latchkey:'));
  const audience = seen ?? accessKey.audience[0] ?? issuer;
  if (scopes.length === 0) {
    return null;
  }
  return section({class: 'card', 'aria-label': 'Services that accept the tokens'},
    h2('Let your services accept its tokens'),
    p({class: 'hint'}, `Filled in with this issuer, the audience ${audience} and all scopes of the key; leave out the scopes that a service does not ask for.`),
    details(summary('Spring Boot'),
      Takeaway({title: 'application.yml', what: 'Spring settings', text: yaml(issuer, jwksUri, audience)}),
      Takeaway({title: 'Java', what: 'Spring code', text: spring(scopes)})),
    details(summary('Node.js with jose'),
      Takeaway({title: 'authorize.js', what: 'Node code', text: node(issuer, jwksUri, algorithms, audience, scopes)})),
    details(summary('nginx, without any code'),
      Takeaway({title: 'nginx.conf', what: 'nginx settings', text: nginx(issuer, scopes)})));
});
