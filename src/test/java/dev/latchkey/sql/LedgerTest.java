package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
    @ParameterizedTest
    @EnumSource
    void versions_countFromOneToTheNewest(Dialect dialect) {
        var versions = Ledger.readVersions(dialect);

        assertThat(versions).hasSize(Ledger.NEWEST);
        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).number()).isEqualTo(i + 1);
            assertThat(versions.get(i).statements()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void statements_areWhole_andHaveNoPlaceholderLeft(Dialect dialect) {
        assertThat(Ledger.readVersions(dialect))
                .allSatisfy(version -> assertThat(version.statements())
                        .allSatisfy(sql -> assertThat(sql)
                                .matches("(?s)(CREATE|ALTER) .*")
                                .endsWith(";\n")
                                .containsOnlyOnce(";")
                                .doesNotContain("${")));
    }
}
