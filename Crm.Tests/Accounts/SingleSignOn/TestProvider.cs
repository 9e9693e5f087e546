using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Crm.Tests.Accounts.SingleSignOn;

/// <summary>
/// A provider of OpenID Connect on a port of its own: discovery, keys, the question to its person, tokens. Whoever is asked for
/// is whom the test says. It holds to the parts of the standard that guard a sign-in: PKCE, nonce, the client's secret.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "crm";
    public const string ClientSecret = "secret-of-the-client";

    // Made once: to make one takes a tenth of a second.
    private static readonly RSA Key = RSA.Create(2048);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, bool IsAnew)> _codes = [];

    private TestProvider(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Who sits at the browser.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "ines", ["email"] = "ines@example.com", ["email_verified"] = true, ["name"] = "Inès Moreau" };

    /// <summary>Answers the question with this error instead.</summary>
    public string? Error { get; set; }

    /// <summary>Puts something else than what was asked for into the token.</summary>
    public string? ForgedNonce { get; set; }

    /// <summary>Does not ask the person again, though it is told to.</summary>
    public bool IgnoresPrompt { get; set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(provider.Configuration()));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>For <c>CrmHost.StartAsync</c>.</summary>
    public Action<WebApplicationBuilder> Configure(string register = "none") => builder =>
    {
        builder.Configuration["Oidc:Authority"] = Address;
        builder.Configuration["Oidc:ClientId"] = ClientId;
        builder.Configuration["Oidc:ClientSecret"] = ClientSecret;
        builder.Configuration["Oidc:Name"] = "Harbour ID";
        builder.Configuration["Oidc:Register"] = register;
    };

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
    }

    private object Configuration() => new
    {
        issuer = Address,
        authorization_endpoint = Address + "/authorize",
        token_endpoint = Address + "/token",
        jwks_uri = Address + "/keys",
        response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
    };

    private object PublicKey()
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "1", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) };
    }

    private IResult Authorize(HttpRequest request)
    {
        string Of(string name) => request.Query[name].ToString();
        if (Of("client_id") != ClientId || Of("response_type") != "code" || Of("code_challenge_method") != "S256" || Of("nonce").Length == 0)
        {
            return Results.BadRequest();
        }

        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (Of("code_challenge"), Of("nonce"), Of("prompt") == "login" && Of("max_age") == "0" && !IgnoresPrompt);
        var answer = Error is null ? $"code={code}" : $"error={Error}";
        return Results.Redirect($"{Of("redirect_uri")}?{answer}&state={Uri.EscapeDataString(Of("state"))}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proof = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_secret"] != ClientSecret || !_codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != proof)
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 60, id_token = Token(asked.Nonce, asked.IsAnew) });
    }

    private string Token(string nonce, bool isAnew)
    {
        var now = DateTime.UtcNow;
        var claims = new Dictionary<string, object>(Claims)
        {
            ["nonce"] = ForgedNonce ?? nonce,
            ["auth_time"] = new DateTimeOffset(isAnew ? now : now.AddHours(-1)).ToUnixTimeSeconds(),
        };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(Key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
    }
}
