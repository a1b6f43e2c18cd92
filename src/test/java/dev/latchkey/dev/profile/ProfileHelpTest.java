package dev.latchkey.dev.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.StandInSettings;
import org.junit.jupiter.api.Test;

class ProfileHelpTest {
    @Test
    void everyProfile_saysItsPathsAndWhatIsNotImitated() {
        String text = ProfileHelp.text();

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        for (String name : StandInSettings.PROFILES) {
            Profile profile = Profile.load(name);
            assertThat(text).contains("\n" + name + ": " + profile.provider() + "\n");
            profile.paths().values().forEach(path -> assertThat(text).contains(path.toString()));
            assertThat(profile.notImitated()).as(name).isNotEmpty();
        }
    }
}
