// How a client gets a token, in a shell and in four languages with nothing but what they come with.
import {part, tags} from './tags.js';
import {Takeaway} from './copy.js';
import {isReserved} from './scope-filter.js';

const {div, details, summary, p} = tags;

/** Stands for a secret that the page does not know. */
const PLACEHOLDER = 'YOUR_SECRET';

const quoted = (text) => JSON.stringify(text);
const shell = (text) => `'${text.replaceAll(`'`, `'\\''`)}'`;

const curl = ({id, secret, endpoint, scope}) =>
  `curl -u ${shell(`${id}:${secret}`)} -d grant_type=client_credentials --data-urlencode ${shell(`scope=${scope}`)} ${shell(endpoint)}`;

const java = ({id, secret, endpoint, scope}) => `import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class Token {
    public static void main(String[] args) throws Exception {
        String credentials = ${quoted(`${id}:${secret}`)};
        String scope = URLEncoder.encode(${quoted(scope)}, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(${quoted(endpoint)}))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=" + scope))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        System.out.println(response.body());
    }
}`;

const node = ({id, secret, endpoint, scope}) => `const response = await fetch(${quoted(endpoint)}, {
  method: 'POST',
  headers: {Authorization: 'Basic ' + btoa(${quoted(`${id}:${secret}`)})},
  body: new URLSearchParams({grant_type: 'client_credentials', scope: ${quoted(scope)}}),
});
if (!response.ok) {
  throw new Error(await response.text());
}
const {access_token: token, expires_in: lifetime} = await response.json();
console.log(token);`;

const python = ({id, secret, endpoint, scope}) => `import base64
import json
import urllib.parse
import urllib.request

credentials = base64.b64encode(${quoted(`${id}:${secret}`)}.encode()).decode()
request = urllib.request.Request(
    ${quoted(endpoint)},
    data=urllib.parse.urlencode({"grant_type": "client_credentials", "scope": ${quoted(scope)}}).encode(),
    headers={"Authorization": "Basic " + credentials},
)
with urllib.request.urlopen(request) as response:
    token = json.load(response)
print(token["access_token"])`;

const go = ({id, secret, endpoint, scope}) => `package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"strings"
)

func main() {
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {${quoted(scope)}}}
	request, err := http.NewRequest("POST", ${quoted(endpoint)}, strings.NewReader(form.Encode()))
	if err != nil {
		log.Fatal(err)
	}
	request.SetBasicAuth(${quoted(id)}, ${quoted(secret)})
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	var token struct {
		AccessToken string \`json:"access_token"\`
		ExpiresIn   int    \`json:"expires_in"\`
	}
	if err := json.NewDecoder(response.Body).Decode(&token); err != nil || response.StatusCode != 200 {
		log.Fatal(response.Status, err)
	}
	fmt.Println(token.AccessToken)
}`;

const PROGRAMS = [['Java', 'Token.java', java], ['Node.js', 'token.mjs', node], ['Python', 'token.py', python], ['Go', 'token.go', go]];

/**
 * For a key, which asks for its scopes by name, those of Latchkey's own API apart if it has others. Without a secret a
 * placeholder stands in its place.
 */
export const ClientSnippets = part(function ClientSnippets({accessKey, secret = PLACEHOLDER, endpoint, onCopied}) {
  const own = accessKey.scopes.filter((name) => !isReserved(name));
  const scope = (own.length > 0 ? own : accessKey.scopes).join(' ');
  const filledIn = {id: accessKey.id, secret, endpoint, scope};
  return div({class: 'fields'},
    secret === PLACEHOLDER ? p({class: 'hint'}, `${PLACEHOLDER} stands for the secret, which Latchkey does not know any more.`) : null,
    Takeaway({title: 'In a shell', what: 'curl command', text: curl(filledIn), onCopied}),
    PROGRAMS.map(([language, file, text]) => details({key: language}, summary(language),
      Takeaway({title: file, what: `${language} program`, program: true, text: text(filledIn), onCopied}))));
});
