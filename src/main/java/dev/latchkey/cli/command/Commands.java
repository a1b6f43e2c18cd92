package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.CommandEntry;
import dev.latchkey.cli.CommandTable;
import dev.latchkey.cli.command.dev.DevClock;
import dev.latchkey.cli.command.dev.DevFaults;
import dev.latchkey.cli.command.dev.DevRequests;
import dev.latchkey.cli.command.dev.DevReset;
import dev.latchkey.cli.command.dev.DevSigningKeys;
import dev.latchkey.cli.command.dev.DevToken;
import dev.latchkey.cli.command.issuers.IssuersAdd;
import dev.latchkey.cli.command.issuers.IssuersList;
import dev.latchkey.cli.command.issuers.IssuersRemove;
import dev.latchkey.cli.command.issuers.IssuersShow;
import dev.latchkey.cli.command.issuers.IssuersTest;
import dev.latchkey.cli.command.keys.KeysAdvise;
import dev.latchkey.cli.command.keys.KeysCreate;
import dev.latchkey.cli.command.keys.KeysDelete;
import dev.latchkey.cli.command.keys.KeysEdit;
import dev.latchkey.cli.command.keys.KeysExport;
import dev.latchkey.cli.command.keys.KeysImport;
import dev.latchkey.cli.command.keys.KeysList;
import dev.latchkey.cli.command.keys.KeysRotate;
import dev.latchkey.cli.command.keys.KeysShow;
import dev.latchkey.cli.command.keys.KeysSwitch;
import dev.latchkey.cli.command.scopes.ScopesAdd;
import dev.latchkey.cli.command.scopes.ScopesList;
import dev.latchkey.cli.command.scopes.ScopesRemove;
import dev.latchkey.cli.command.signing.SigningKeysImport;
import dev.latchkey.cli.command.signing.SigningKeysList;
import dev.latchkey.cli.command.signing.SigningKeysRekey;
import dev.latchkey.cli.command.signing.SigningKeysRotate;
import dev.latchkey.cli.command.users.UsersAdd;
import dev.latchkey.cli.command.users.UsersList;
import dev.latchkey.cli.command.users.UsersPasswd;
import dev.latchkey.cli.command.users.UsersRemove;
import dev.latchkey.cli.command.users.UsersRole;
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
            case KEYS_SHOW -> new KeysShow();
            case KEYS_EDIT -> new KeysEdit();
            case KEYS_ROTATE -> new KeysRotate();
            case KEYS_DISABLE -> new KeysSwitch(false);
            case KEYS_ENABLE -> new KeysSwitch(true);
            case KEYS_DELETE -> new KeysDelete();
            case KEYS_IMPORT -> new KeysImport();
            case KEYS_EXPORT -> new KeysExport();
            case KEYS_ADVISE -> new KeysAdvise();
            case SCOPES_ADD -> new ScopesAdd();
            case SCOPES_LIST -> new ScopesList();
            case SCOPES_REMOVE -> new ScopesRemove();
            case ISSUERS_ADD -> new IssuersAdd();
            case ISSUERS_LIST -> new IssuersList();
            case ISSUERS_SHOW -> new IssuersShow();
            case ISSUERS_TEST -> new IssuersTest();
            case ISSUERS_REMOVE -> new IssuersRemove();
            case USERS_ADD -> new UsersAdd();
            case USERS_LIST -> new UsersList();
            case USERS_PASSWD -> new UsersPasswd();
            case USERS_ROLE -> new UsersRole();
            case USERS_REMOVE -> new UsersRemove();
            case SIGNING_KEYS_LIST -> new SigningKeysList();
            case SIGNING_KEYS_ROTATE -> new SigningKeysRotate();
            case SIGNING_KEYS_IMPORT -> new SigningKeysImport();
            case SIGNING_KEYS_REKEY -> new SigningKeysRekey();
            case AUDIT -> new Audit();
            case BACKUP -> new Backup();
            case RESTORE -> new RestoreBackup();
            case MIGRATE -> new Migrate();
            case TOKEN -> new Token();
            case INSPECT -> new Inspect();
            case HEALTH -> new Health();
            case DEV_TOKEN -> new DevToken();
            case DEV_CLOCK -> new DevClock();
            case DEV_FAULTS -> new DevFaults();
            case DEV_REQUESTS -> new DevRequests();
            case DEV_SIGNING_KEYS -> new DevSigningKeys();
            case DEV_RESET -> new DevReset();
            case COMPLETION -> new Completion();
            case VERSION -> new Version();
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
