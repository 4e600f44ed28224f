using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace FundingFlows.Tiers;

/// <summary>
/// Tokens whose signature was verified a moment ago: who sends many calls with one token has it verified once a minute, not for
/// each. None is believed past its own expiry. Kept by their hashes, so that no memory image holds a token for longer than its call.
/// </summary>
public sealed class VerifiedTokens(TimeProvider time)
{
    /// <summary>For so long a signature is not looked at again: then a key that the issuer has withdrawn is noticed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private const string Scheme = "Bearer ";
    private const int MostOfAGeneration = 1_024;

    private ConcurrentDictionary<Hash, Verified> newer = [];
    private ConcurrentDictionary<Hash, Verified> older = [];

    /// <summary>Has the bearer authentication ask here first.</summary>
    internal void Attach(JwtBearerOptions bearer) => bearer.Events = new JwtBearerEvents
    {
        OnMessageReceived = context =>
        {
            if (TokenOf(context.Request.Headers.Authorization) is { } token && Recall(token) is { } user)
            {
                context.Principal = user;
                context.Success();
            }
            return Task.CompletedTask;
        },
        OnTokenValidated = context =>
        {
            if (context.Principal is { } user && TokenOf(context.Request.Headers.Authorization) is { } token)
                Remember(token, user, new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero));
            return Task.CompletedTask;
        },
    };

    /// <summary>Who a token is of, where it was verified a moment ago. Null: it is to be verified (again).</summary>
    public ClaimsPrincipal? Recall(string token)
    {
        var hash = Hash.Of(token);
        return (newer.TryGetValue(hash, out var verified) || older.TryGetValue(hash, out verified)) && time.GetUtcNow() < verified.Until ? verified.User : null;
    }

    public void Remember(string token, ClaimsPrincipal user, DateTimeOffset expiry)
    {
        var latest = time.GetUtcNow() + Longest;
        // Two generations, so that there is a bound and those that are in use stay.
        if (newer.Count >= MostOfAGeneration)
            (older, newer) = (newer, []);
        newer[Hash.Of(token)] = new Verified(user, expiry < latest ? expiry : latest);
    }

    private static string? TokenOf(string? header) => header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? header[Scheme.Length..].Trim() : null;

    private sealed record Verified(ClaimsPrincipal User, DateTimeOffset Until);

    private readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new Hash(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
