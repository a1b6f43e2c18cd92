package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.CommandEntry;
import dev.latchkey.cli.CommandTable;
import dev.latchkey.cli.command.keys.KeyCommands;
import dev.latchkey.cli.command.keys.KeysAdvise;
import dev.latchkey.cli.command.keys.KeysCreate;
import dev.latchkey.cli.command.keys.KeysExport;
import dev.latchkey.cli.command.keys.KeysImport;
import dev.latchkey.cli.command.keys.KeysList;
import dev.latchkey.cli.command.keys.KeysRotate;
import java.util.List;

/** Every command there is, in the order in which help lists them. A command's class is loaded when it is run. */
public enum Commands implements CommandEntry {
    SERVE("serve", "Start the service; also what happens without a command."),
    KEYS_CREATE("keys create", "Create an access key; shows its secret once."),
    KEYS_LIST("keys list", "List the access keys."),
    KEYS_SHOW("keys show", "Show one access key."),
    KEYS_EDIT("keys edit", "Change fields of an access key."),
    KEYS_ROTATE("keys rotate", "Give a key a new secret; the old one ends later."),
    KEYS_DISABLE("keys disable", "Let a key get no tokens, at once."),
    KEYS_ENABLE("keys enable", "Let a disabled key get tokens again."),
    KEYS_DELETE("keys delete", "Remove an access key for good."),
    KEYS_IMPORT("keys import", "Create, change, delete keys as a JSON file says."),
    KEYS_EXPORT("keys export", "Write what keys import reads; no secrets."),
    KEYS_ADVISE("keys advise", "Say what keys no longer need; exit 3 if anything."),
    SCOPES_ADD("scopes add", "Add scopes to the catalogue that keys choose from."),
    SCOPES_LIST("scopes list", "List the catalogue."),
    SCOPES_REMOVE("scopes remove", "Take a scope out of the catalogue."),
    ISSUERS_ADD("issuers add", "Trust the workload tokens of another issuer."),
    ISSUERS_LIST("issuers list", "List the trusted issuers."),
    ISSUERS_SHOW("issuers show", "Show an issuer, and how fetching its keys went."),
    ISSUERS_TEST("issuers test", "Say rule by rule what of a token fits."),
    ISSUERS_REMOVE("issuers remove", "Trust an issuer no more."),
    USERS_ADD("users add", "Add a user who may sign in."),
    USERS_LIST("users list", "List who may sign in."),
    USERS_PASSWD("users passwd", "Give a user another password."),
    USERS_ROLE("users role", "Give a user another role."),
    USERS_REMOVE("users remove", "Remove a user."),
    SIGNING_KEYS_LIST("signing-keys list", "List the keys that sign tokens."),
    SIGNING_KEYS_ROTATE("signing-keys rotate", "Let the next key sign."),
    SIGNING_KEYS_IMPORT("signing-keys import", "Make a PEM file's key the next one."),
    SIGNING_KEYS_REKEY("signing-keys rekey", "Encrypt the keys with another master key."),
    AUDIT("audit", "Show who changed what, newest first."),
    BACKUP("backup", "Copy the store while the service runs."),
    RESTORE("restore", "Put a backup in the place of the store."),
    MIGRATE("migrate", "Copy a store between SQLite and PostgreSQL."),
    TOKEN("token", "Ask a running service for a token."),
    INSPECT("inspect", "Decode and verify a token, or check a secret's checksum."),
    HEALTH("health", "Ask whether a running service is ready."),
    DEV_TOKEN("dev token", "Have a running stand-in (serve --dev) make a token."),
    DEV_CLOCK("dev clock", "Show or move the clock of a stand-in."),
    DEV_FAULTS("dev faults", "Let the next requests to a stand-in fail or wait."),
    DEV_REQUESTS("dev requests", "Show what a stand-in was asked."),
    DEV_SIGNING_KEYS("dev signing-keys", "Drill with the signing keys of a stand-in."),
    DEV_RESET("dev reset", "Bring a stand-in back to its start."),
    COMPLETION("completion", "Print a script that completes words in bash, zsh or fish."),
    VERSION("version", "Say which Latchkey this is, and what it runs on.");

    private final String path;
    private final String summary;

    Commands(String path, String summary) {
        this.path = path;
        this.summary = summary;
    }

    @Override
    public Command create() {
        return switch (this) {
            case SERVE -> new Serve();
            case KEYS_CREATE -> new KeysCreate();
            case KEYS_LIST -> new KeysList();
            case KEYS_SHOW -> KeyCommands.show();
            case KEYS_EDIT -> KeyCommands.edit();
            case KEYS_ROTATE -> new KeysRotate();
            case KEYS_DISABLE -> KeyCommands.enabled(false);
            case KEYS_ENABLE -> KeyCommands.enabled(true);
            case KEYS_DELETE -> KeyCommands.delete();
            case KEYS_IMPORT -> new KeysImport();
            case KEYS_EXPORT -> new KeysExport();
            case KEYS_ADVISE -> new KeysAdvise();
            case SCOPES_ADD -> ScopeCommands.add();
            case SCOPES_LIST -> ScopeCommands.list();
            case SCOPES_REMOVE -> ScopeCommands.remove();
            case ISSUERS_ADD -> IssuerCommands.add();
            case ISSUERS_LIST -> IssuerCommands.list();
            case ISSUERS_SHOW -> IssuerCommands.show();
            case ISSUERS_TEST -> IssuerCommands.test();
            case ISSUERS_REMOVE -> IssuerCommands.remove();
            case USERS_ADD -> UserCommands.add();
            case USERS_LIST -> UserCommands.list();
            case USERS_PASSWD -> UserCommands.passwd();
            case USERS_ROLE -> UserCommands.changeRole();
            case USERS_REMOVE -> UserCommands.remove();
            case SIGNING_KEYS_LIST -> SigningKeyCommands.list();
            case SIGNING_KEYS_ROTATE -> SigningKeyCommands.rotate();
            case SIGNING_KEYS_IMPORT -> SigningKeyCommands.importKey();
            case SIGNING_KEYS_REKEY -> SigningKeyCommands.rekey();
            case AUDIT -> new Audit();
            case BACKUP -> StoreCommands.backup();
            case RESTORE -> StoreCommands.restore();
            case MIGRATE -> StoreCommands.migrate();
            case TOKEN -> new Token();
            case INSPECT -> new Inspect();
            case HEALTH -> new Health();
            case DEV_TOKEN -> DevCommands.token();
            case DEV_CLOCK -> DevCommands.clock();
            case DEV_FAULTS -> DevCommands.faults();
            case DEV_REQUESTS -> DevCommands.requests();
            case DEV_SIGNING_KEYS -> DevCommands.signingKeys();
            case DEV_RESET -> DevCommands.reset();
            case COMPLETION -> ProgramCommands.completion();
            case VERSION -> ProgramCommands.version();
        };
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public boolean readsPort() {
        return this == SERVE || this == HEALTH || this == TOKEN || path.startsWith("dev ");
    }

    /** All of them. */
    public static CommandTable table() {
        return new CommandTable(List.of(values()));
    }
}
