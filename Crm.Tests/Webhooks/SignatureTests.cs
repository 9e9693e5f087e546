using System.Security.Cryptography;
using System.Text;
using Crm.Webhooks;

namespace Crm.Tests.Webhooks;

public sealed class SignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long At = 1614265330;
    private const string Body = "{\"test\": 2432232314}";

    /// <summary>As the libraries of Standard Webhooks test themselves.</summary>
    [Fact]
    public void It_is_the_published_example() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Signature.Of(Id, At, Body, [Secret]));

    [Fact]
    public void Two_live_secrets_sign_beside_each_other_the_newest_first()
    {
        var other = WebhookSecrets.Make();

        var both = Signature.Of(Id, At, Body, [other, Secret]).Split(' ');

        Assert.Equal([Independent(other), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="], both);
    }

    [Fact]
    public void A_new_secret_has_as_many_bytes_as_the_standard_asks_for_and_is_no_other()
    {
        var made = Enumerable.Range(0, 20).Select(_ => WebhookSecrets.Make()).ToList();

        Assert.All(made, secret => Assert.InRange(Convert.FromBase64String(secret["whsec_".Length..]).Length, 24, 64));
        Assert.Equal(20, made.Distinct().Count());
    }

    private static string Independent(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Split('_', 2)[1]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(Id + "." + At + "." + Body)));
    }
}
