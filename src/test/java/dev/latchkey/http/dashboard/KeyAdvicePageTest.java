package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the pages say of keys that need less than they have, and which keys they show for it. */
@Tag("browser")
class KeyAdvicePageTest {
    private static final ScopeSet NINE = ScopeSet.of(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
    private static final String LONG =
            "Zürich مفتاح 🔑 ".repeat(14).substring(0, 195).strip();

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    private static NewAccessKey nine;

    @BeforeAll
    static void start() {
        Instant begun = dashboard.service().clock().instant();
        nine = add(LONG, null);
        add("never used", null);
        dashboard.service().clock().advance(Duration.ofDays(100));
        Instant now = dashboard.service().clock().instant();
        add("ends soon", now.plus(Duration.ofDays(3)));
        dashboard
                .service()
                .services()
                .accessKeys()
                .rotate(Page.OWNER, add("rotated", null).key().id(), Duration.ofDays(1));
        try (SqlStore store = SqlStore.open(dashboard.service().db().toString(), SqlStore.Mode.EXISTING)) {
            String id = nine.key().id();
            store.accessKeys()
                    .recordUses(List.of(
                            new Use(id, Use.Kind.TOKEN, null, ScopeSet.of(List.of("c")), begun.plusSeconds(60)),
                            new Use(id, Use.Kind.TOKEN, null, ScopeSet.NONE, now),
                            new Use(id, Use.Kind.DEMAND, null, ScopeSet.of(List.of("e")), now)));
        }
        page.openAs("owner");
    }

    private static NewAccessKey add(String name, @Nullable Instant end) {
        return dashboard
                .service()
                .key(new AccessKeySettings(name, "", NINE, true, null, List.of(), null, CustomClaims.NONE, end));
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @OnDeskAndPhone
    void aKeysPage_namesTheScopesThatWereNeitherAskedForNorDemanded(Look look) {
        dashboard.browser().show(look);
        page.at("#/keys");
        page.at("#/keys/" + nine.key().id());
        page.sees("7 of 9 scopes were neither asked for nor demanded since");
        page.sees("a, b, d, f, g, h, i.");
        page.sees("A token was last asked for without naming a scope just now");
        Soundness.checkOnce(dashboard.browser(), "key-advice", look);
    }

    @OnDeskAndPhone
    void theList_tellsWhatToLookAt_andShowsThoseKeys(Look look) {
        dashboard.browser().show(look);
        page.at("#/keys");
        page.sees("4 keys");
        page.sees("1 key still has an old secret");
        Soundness.checkOnce(dashboard.browser(), "keys-attention", look);

        page.press("1 key expires within 14 days");
        page.seesRows("tbody .name", "ends soon");
        page.seesNot("old secret still");
        assertThat(page.valueOf("State")).isEqualTo("expiring");
        page.choose("State", "Unused for 90 days");
        page.seesRows("tbody .name", "never used");
        page.choose("State", "With an old secret");
        page.seesRows("tbody .name", "rotated");
        page.choose("State", "All");
        page.sees("4 keys");
    }

    @Test
    void theList_isSortedAsAsked() {
        page.at("#/keys");
        page.choose("Order", "Name");
        page.seesRows("tbody .name", "ends soon", "never used", "rotated", LONG);
        page.choose("Order", "Last used");
        dashboard
                .browser()
                .waiting()
                .until(driver -> page.texts("tbody .name").get(0).equals(LONG));
    }

    @Test
    void whatIsAskedForBeside_isThereWithTheRest_andMovesNothing() {
        page.at("#/account");
        page.isAt("Your account");
        dashboard
                .browser()
                .hold(
                        "old_secret=true",
                        () -> page.at("#/keys"),
                        () -> assertThat(page.texts("tbody .name")).isEmpty());
        page.sees("1 key still has an old secret");
        assertThat(page.texts("tbody .name")).hasSize(4);

        String id = nine.key().id();
        dashboard.browser().hold("/advice", () -> page.at("#/keys/" + id), () -> {
            page.sees(id);
            assertThat(page.texts("main h2")).isEmpty();
        });
        page.sees("YOUR_SECRET");
    }
}
