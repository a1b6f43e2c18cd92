package dev.latchkey.client;

/** What a client presents to prove who it is, in one of the ways there are (RFC 6749 §2.3). Nothing in it is checked. */
public sealed interface ClientProof permits ClientCredentials, LookedUpClient, ClientAssertion, NoClientProof {}
