using System.Security.Claims;
using System.Security.Cryptography;
using FundingFlows.Tiers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FundingFlows.Support;

/// <summary>Signs tokens for tests. Services are given its key directly, so that nobody asks anybody.</summary>
public sealed class TestIssuer
{
    public const string Name = "https://issuer.invalid";
    private const string Audience = "fundingflows";
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>A token of a person with these roles at a body.</summary>
    public string Token(string body, params Role[] roles) => TokenOf("someone-" + body, body, roles);

    /// <summary>A token of one person among several.</summary>
    public string TokenOf(string subject, string body, params Role[] roles) =>
        Sign(Name, Audience, TimeSpan.FromMinutes(-1), TimeSpan.FromHours(1), subject, [.. roles.Select(role => Roles.Written(body, role))]);

    /// <summary>A token with everything chosen, to make wrong ones.</summary>
    public string Sign(string issuer, string audience, TimeSpan from, TimeSpan to, string subject, string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now + from,
            IssuedAt = now + from,
            Expires = now + to,
            Claims = new Dictionary<string, object> { [Roles.Claim] = roles },
            Subject = new ClaimsIdentity([new Claim("sub", subject)]),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>Makes a service believe this issuer's tokens.</summary>
    public void BelieveIn(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
    {
        bearer.Authority = null;
        bearer.ConfigurationManager = null;
        bearer.Configuration = new OpenIdConnectConfiguration { Issuer = Name, SigningKeys = { key } };
        bearer.TokenValidationParameters.ValidIssuer = Name;
        bearer.TokenValidationParameters.IssuerSigningKey = key;
    });
}
