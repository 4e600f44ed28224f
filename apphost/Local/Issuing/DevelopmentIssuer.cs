using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FundingFlows.Local;

/// <summary>
/// An OpenID Connect issuer for development: it gives anyone on this machine a token for any role. It speaks as much of the
/// standard as services need to check its tokens. Elsewhere the settings name a real issuer.
/// </summary>
public sealed class DevelopmentIssuer : IAsyncDisposable
{
    /// <summary>The same in every run, whatever the port: a person keeps the handle that stands in the journals.</summary>
    private const string Issuer = "urn:fundingflows:development-issuer";
    private const string Audience = "fundingflows";
    private const string RolesClaim = "roles";
    private static readonly string[] Roles = ["preparer", "approver", "chief-finance-officer", "treasurer", "chair", "resident", "auditor"];
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256];
    private static readonly string[] SubjectTypes = ["public"];
    private static readonly string[] ResponseTypes = ["token"];

    /// <summary>How long a token counts.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly WebApplication app;
    private readonly ECDsaSecurityKey key;
    private readonly TimeProvider time;

    private DevelopmentIssuer(WebApplication app, ECDsaSecurityKey key, TimeProvider time)
    {
        this.app = app;
        this.key = key;
        this.time = time;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it on loopback. Throws <see cref="LocalException"/> when the port is in use.</summary>
    public static async Task<DevelopmentIssuer> StartAsync(int port, Topology topology, TimeProvider time, CancellationToken cancellation)
    {
        // Not the folder that the host is called from: settings that lie there are somebody else's, and it would be watched with all below it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var app = builder.Build();
        var key = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };
        var issuer = new DevelopmentIssuer(app, key, time);
        issuer.Map(topology.Bodies.Select(body => body.Id).ToHashSet());
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException)
        {
            throw new LocalException($"Port {port} is in use: end what uses it, or choose another with --port.");
        }
        issuer.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return issuer;
    }

    /// <summary>A token for a person who holds these roles at a body.</summary>
    public string Token(string body, params IReadOnlyCollection<string> roles) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        IssuedAt = time.GetUtcNow().UtcDateTime,
        NotBefore = time.GetUtcNow().UtcDateTime,
        Expires = time.GetUtcNow().Add(Lifetime).UtcDateTime,
        Claims = new Dictionary<string, object> { [RolesClaim] = roles.Select(role => $"{body}:{role}").ToArray() },
        Subject = new ClaimsIdentity([new Claim("sub", $"{string.Join('+', roles)}@{body}")]),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.ECDsa.Dispose();
    }

    private void Map(HashSet<string> bodies)
    {
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Issuer,
            jwks_uri = new Uri(Address, "/keys"),
            token_endpoint = new Uri(Address, "/token"),
            id_token_signing_alg_values_supported = Algorithms,
            subject_types_supported = SubjectTypes,
            response_types_supported = ResponseTypes,
        });
        app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        app.MapGet("/command-id", CommandId);
        app.MapPost("/token", (string body, string role) =>
            !bodies.Contains(body) ? Results.Problem($"There is no body {body}.", statusCode: StatusCodes.Status400BadRequest)
            : !Roles.Contains(role) ? Results.Problem($"There is no role {role}: there are {string.Join(", ", Roles)}.", statusCode: StatusCodes.Status400BadRequest)
            : Results.Text(Token(body, role)));
    }

    /// <summary>A UUIDv7, for shells that cannot make one.</summary>
    private string CommandId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    private object PublicKey()
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            use = "sig",
            alg = SecurityAlgorithms.EcdsaSha256,
            kid = key.KeyId,
            x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
