-- The schema of a Latchkey store, as a ledger: what stands under a version marker is applied once, in order, to every
-- store that is older. Append a new version; never change one that was released.
--
-- SQLite and PostgreSQL both read this file. ${identity} is a number that the database hands out in ascending order;
-- ${ascii} is text that sorts by its bytes. Times are seconds since 1970-01-01 UTC; a boolean is 0 or 1.

-- version 1

-- Facts about the store itself. The row named 'version' holds the last version that was applied, that
-- named 'issuer' the issuer of the service that was last started on it, and one named 'purpose', where there is one,
-- what else than an ordinary service the store is for.
CREATE TABLE latchkey (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE scopes (
    name ${ascii} NOT NULL PRIMARY KEY,
    description TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

-- scopes and audience are separated by single spaces, in the order the key has them; an empty audience is ''. search is
-- what a search looks through: name, id, description and scopes, a line each, in lower case.
CREATE TABLE access_keys (
    id ${ascii} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    scopes TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    token_lifetime BIGINT,
    audience TEXT NOT NULL,
    jwks TEXT,
    claims TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revision BIGINT NOT NULL,
    search TEXT NOT NULL
);

CREATE INDEX access_keys_newest_first ON access_keys (created_at DESC, id DESC);

CREATE INDEX access_keys_name ON access_keys (name);

-- Nothing reads this table: it keeps every scope that a key has in the catalogue. The reserved scopes (latchkey:...) are
-- in neither.
CREATE TABLE access_key_scopes (
    key_id ${ascii} NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
    scope ${ascii} NOT NULL REFERENCES scopes (name) ON DELETE RESTRICT,
    PRIMARY KEY (key_id, scope)
);

CREATE INDEX access_key_scopes_scope ON access_key_scopes (scope);

-- place orders the secrets of one key, the oldest first. hash is the SHA-256 of the secret as base64url; hint is '' where
-- only the hash was ever given.
CREATE TABLE access_key_secrets (
    key_id ${ascii} NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    hash ${ascii} NOT NULL,
    hint TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    PRIMARY KEY (key_id, hash)
);

-- n and e as in a JWK (RFC 7518 section 6.3.1). state is next, active or retired. private_key is PKCS#8 as base64, or,
-- where a master key encrypts it, 'enc1:' and the base64 of a nonce of 12 bytes and what AES-256-GCM made of the PKCS#8.
CREATE TABLE signing_keys (
    kid ${ascii} NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    n TEXT NOT NULL,
    e TEXT NOT NULL,
    private_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    activated_at BIGINT,
    retired_at BIGINT,
    published_until BIGINT
);

CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys (state) WHERE state = 'active';

CREATE UNIQUE INDEX signing_keys_one_next ON signing_keys (state) WHERE state = 'next';
-- Access tokens that were revoked before their end, by their jti. A row has no use once expires_at has passed.
CREATE TABLE revoked_tokens (
    id ${ascii} NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX revoked_tokens_end ON revoked_tokens (expires_at);

-- When a key of this id was last deleted: tokens from before do not belong to a new key that is given the same id.
CREATE TABLE deleted_keys (
    id ${ascii} NOT NULL PRIMARY KEY,
    deleted_at BIGINT NOT NULL
);

-- Assertions that clients have proved themselves by, each good for one time; id_hash stands for the jti.
CREATE TABLE used_assertions (
    key_id ${ascii} NOT NULL,
    id_hash ${ascii} NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (key_id, id_hash)
);

CREATE INDEX used_assertions_end ON used_assertions (expires_at);

CREATE TABLE users (
    name ${ascii} NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- token_hash is the SHA-256 of the cookie's token as base64url.
CREATE TABLE sessions (
    token_hash ${ascii} NOT NULL PRIMARY KEY,
    username ${ascii} NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);

CREATE INDEX sessions_username ON sessions (username);

-- Rows are only ever added, and dropped when they are old. before and after are JSON objects without secrets.
CREATE TABLE audit_events (
    id ${identity},
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    actor_role TEXT NOT NULL,
    actor_from TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT
);

CREATE INDEX audit_events_subject ON audit_events (subject, id);

CREATE INDEX audit_events_at ON audit_events (at);

-- version 2

-- longest_lifetime is how long, in seconds, a token that the key has signed lives at most.
ALTER TABLE signing_keys ADD COLUMN longest_lifetime BIGINT NOT NULL DEFAULT 86400;

-- version 3

-- algorithm is RS256, ES256 or EdDSA, and says what the key is made of: n and e, x and y on P-256 (RFC 7518 section
-- 6.2.1), or x on Ed25519 (RFC 8037 section 2); the other columns are ''.
ALTER TABLE signing_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'RS256';

ALTER TABLE signing_keys ADD COLUMN x TEXT NOT NULL DEFAULT '';

ALTER TABLE signing_keys ADD COLUMN y TEXT NOT NULL DEFAULT '';

-- version 4

CREATE INDEX access_keys_enabled_newest_first ON access_keys (enabled, created_at DESC, id DESC);

-- version 5

-- name_folded is the name as a search compares it, for the list by name. scopes_since is when the key was made or its
-- scopes last changed; in a store from before, when it last changed or got a token.
ALTER TABLE access_keys ADD COLUMN name_folded ${ascii} NOT NULL DEFAULT '';

ALTER TABLE access_keys ADD COLUMN scopes_since BIGINT NOT NULL DEFAULT 0;

-- When the secret that a rotation has left works no longer: null = there is none, 253402300799 = never.
ALTER TABLE access_keys ADD COLUMN old_secret_ends_at BIGINT;

UPDATE access_keys SET name_folded = substr(search, 1, length(name)),
    scopes_since = CASE WHEN last_used_at > updated_at THEN last_used_at ELSE updated_at END;

UPDATE access_keys SET old_secret_ends_at = (
        SELECT coalesce(s.expires_at, 253402300799) FROM access_key_secrets s
        WHERE s.key_id = access_keys.id AND s.place = 1)
    WHERE id IN (SELECT key_id FROM access_key_secrets WHERE place = 2);

-- The orders of the list: a key that was never used comes before all others, one that never expires after them.
CREATE INDEX access_keys_by_name ON access_keys (name_folded, id);

CREATE INDEX access_keys_by_last_use ON access_keys ((coalesce(last_used_at, 0)), id);

CREATE INDEX access_keys_by_expiry ON access_keys ((coalesce(expires_at, 253402300799)), id);

CREATE INDEX access_keys_with_old_secret ON access_keys (old_secret_ends_at) WHERE old_secret_ends_at IS NOT NULL;

-- When a key last asked for a scope by its name, and when forward authentication (for a reserved scope, the management
-- API) last demanded the scope of a token of the key. The row with the scope '' says when the key last asked for a token
-- and named no scope.
CREATE TABLE access_key_scope_uses (
    key_id ${ascii} NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
    scope ${ascii} NOT NULL,
    asked_at BIGINT,
    demanded_at BIGINT,
    PRIMARY KEY (key_id, scope)
);

-- What the access key that acted, and the one that was changed, was called then; '' for all that has its name for an id,
-- and in rows from before.
ALTER TABLE audit_events ADD COLUMN actor_title TEXT NOT NULL DEFAULT '';

ALTER TABLE audit_events ADD COLUMN subject_name TEXT NOT NULL DEFAULT '';

CREATE INDEX audit_events_subject_name ON audit_events (subject_name);

-- version 6

-- The network address that the user signed in from; '' in a store from before.
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';

-- version 7

-- Other issuers whose tokens keys may prove themselves by. issuer is their iss. jwks is a JWK Set that was given, jwks_uri
-- where it is fetched from; with neither, the issuer's metadata says where. audience NULL = the issuer of the service.
-- max_age is in seconds; ca holds PEM certificates. What was last fetched, or why it was not: fetched_keys has a line for
-- each key.
CREATE TABLE issuers (
    name ${ascii} NOT NULL PRIMARY KEY,
    issuer ${ascii} NOT NULL,
    jwks_uri TEXT,
    jwks TEXT,
    audience TEXT,
    max_age BIGINT NOT NULL,
    single_use BIGINT NOT NULL,
    ca TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    fetched_at BIGINT,
    fetched_keys TEXT,
    failed_at BIGINT,
    failure TEXT
);

CREATE INDEX issuers_issuer ON issuers (issuer);

-- Whose tokens a key may prove itself by, as a JSON array; NULL = no tokens of others.
ALTER TABLE access_keys ADD COLUMN federated TEXT;

-- The subjects in that array, a row each: which keys trust one, and what became of its tokens. It keeps every issuer that
-- a key names.
CREATE TABLE federated_subjects (
    key_id ${ascii} NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
    issuer ${ascii} NOT NULL REFERENCES issuers (name) ON DELETE RESTRICT,
    subject ${ascii} NOT NULL,
    place BIGINT NOT NULL,
    last_used_at BIGINT,
    refused_at BIGINT,
    refusal TEXT,
    PRIMARY KEY (key_id, issuer, subject)
);

CREATE INDEX federated_subjects_subject ON federated_subjects (issuer, subject);

-- version 8

-- Which audiences there are, for the metadata of resources.
CREATE INDEX access_keys_audience ON access_keys (audience) WHERE audience <> '';
