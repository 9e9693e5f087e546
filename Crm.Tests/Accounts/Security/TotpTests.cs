using Crm.Accounts.Security;

namespace Crm.Tests.Accounts.Security;

public sealed class TotpTests
{
    /// <summary>"12345678901234567890", as in RFC 6238, in the letters of RFC 4648.</summary>
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;

        Assert.Equal(code, Totp.CodeAt(Key, now));
        Assert.Equal(seconds / 30, Totp.StepOf(Key, $" {code[..3]} {code[3..]} ", now));
    }

    [Fact]
    public void A_code_is_good_half_a_minute_early_or_late_and_never_twice()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890).UtcDateTime;
        var step = 1_234_567_890 / 30;
        var code = Totp.CodeAt(Key, now);

        Assert.Equal(step, Totp.StepOf(Key, code, now.AddSeconds(30)));
        Assert.Equal(step, Totp.StepOf(Key, code, now.AddSeconds(-30)));
        Assert.Null(Totp.StepOf(Key, code, now.AddSeconds(60)));
        Assert.Null(Totp.StepOf(Key, code, now, after: step));
        Assert.Null(Totp.StepOf(Key, "", now));
        Assert.Null(Totp.StepOf(Key, null, now));
    }

    [Fact]
    public void Keys_hold_160_bits_and_recovery_codes_120_and_none_comes_twice()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => Totp.MakeKey()).ToList();
        var codes = RecoveryCodes.Make();

        Assert.All(keys, key => Assert.Matches("^[A-Z2-7]{32}$", key));
        Assert.All(codes, code => Assert.Matches("^([a-z2-7]{4}-){5}[a-z2-7]{4}$", code));
        Assert.Equal((100, 10), (keys.Distinct().Count(), codes.Distinct().Count()));
        Assert.Equal(RecoveryCodes.Hash(codes[0]), RecoveryCodes.Hash(" " + codes[0].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)));
    }
}
