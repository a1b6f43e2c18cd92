// What a service that receives the tokens has to be told, filled in for a key.
import {part, tags} from './tags.js';
import {Takeaway} from './copy.js';

const {section, h2, p, details, summary} = tags;

const quoted = (text) => JSON.stringify(text);

const spring = (issuer, audience, scopes) => `@Bean
SecurityFilterChain api(HttpSecurity http) throws Exception {
    return http
            .authorizeHttpRequests(requests -> requests
                    .anyRequest().access(AuthorizationManagers.allOf(
${scopes.map((name) => `                            AuthorityAuthorizationManager.hasAuthority(${quoted(`SCOPE_${name}`)})`).join(',\n')})))
            .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
            .build();
}

@Bean
JwtDecoder decoder() {
    var decoder = NimbusJwtDecoder.withIssuerLocation(${quoted(issuer)}).validateType(false).build();
    decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
            .issuer(${quoted(issuer)})
            .audience(${quoted(audience)})
            .build());
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

const nginx = (issuer, scopes) => `server {
    listen 8000;
    # A request's header has at most 64 KiB, as at Latchkey: cookies, and tokens of up to 8 KiB, pass.
    large_client_header_buffers 1 63k;

    location / {
        auth_request /_latchkey;
        auth_request_set $latchkey_client $upstream_http_x_latchkey_client_id;
        auth_request_set $latchkey_scope $upstream_http_x_latchkey_scope;
        auth_request_set $latchkey_subject $upstream_http_x_latchkey_subject;
        proxy_set_header X-Latchkey-Client-Id $latchkey_client;
        proxy_set_header X-Latchkey-Scope $latchkey_scope;
        proxy_set_header X-Latchkey-Subject $latchkey_subject;
        proxy_set_header Authorization "";
        proxy_pass http://127.0.0.1:3000;
    }

    location = /_latchkey {
        internal;
        proxy_pass ${issuer}/connect/verify?scope=${scopes.map(encodeURIComponent).join('+')};
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        # The answer names the scopes of the token, which may be long.
        proxy_buffer_size 16k;
        proxy_buffers 4 16k;
    }
}`;

/** For the scopes of a key that services check; those of Latchkey's own API are none. */
export const Snippets = part(function Snippets({accessKey, metadata}) {
  const {issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: algorithms} = metadata;
  const scopes = accessKey.scopes.filter((name) => !name.startsWith('latchkey:'));
  const audience = accessKey.audience[0] ?? metadata.audience;
  if (scopes.length === 0) {
    return null;
  }
  return section({class: 'card', 'aria-label': 'Services that accept the tokens'},
    h2('Let your services accept its tokens'),
    p({class: 'hint'}, `Filled in with this issuer, the audience ${audience} and all scopes of the key; leave out the scopes that a service does not ask for.`),
    details(summary('Spring Boot'),
      p({class: 'hint'}, 'With spring-boot-starter-oauth2-resource-server; Spring Security 6.5 or newer.'),
      Takeaway({title: 'Java', what: 'Spring code', program: true, text: spring(issuer, audience, scopes)})),
    details(summary('Node.js with jose'),
      Takeaway({title: 'authorize.js', what: 'Node code', program: true, text: node(issuer, jwksUri, algorithms, audience, scopes)})),
    details(summary('nginx, without any code'),
      p({class: 'hint'}, 'The protected service is at 127.0.0.1:3000 here, and to be reached through nginx alone.'),
      Takeaway({title: 'nginx.conf', what: 'nginx settings', program: true, text: nginx(issuer, scopes)})));
});
