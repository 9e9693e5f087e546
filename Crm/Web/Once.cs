using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Accounts;
using Crm.Data;
using Crm.Web.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web;

/// <summary>
/// Sees to it that a form, or a call with an <c>Idempotency-Key</c>, is carried out once, however often it is sent. The form
/// carries a random key; the same key with the same content is the same request, with another content it is a new one. A call's
/// key stands for one content only.
/// </summary>
public sealed class Once(HttpContext context, FirstAnswers answers)
{
    public const string Field = "_once";
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    private Task<OnceMark?>? _mark;

    /// <summary>Null when the request carries no key.</summary>
    public Task<OnceMark?> Mark => _mark ??= ReadAsync();

    /// <summary>The request carries the header, and so expects the first answer again.</summary>
    public bool IsCall { get; } = context.Request.Headers.ContainsKey(Header);

    /// <summary>This is the request that carries it out.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>Writes the receipt into the transaction that has just begun: it holds as soon as the change does.</summary>
    /// <exception cref="AlreadyDoneException">There is one already.</exception>
    public async Task SignAsync(CrmDb db, OnceMark mark, DateTime now, CancellationToken cancel)
    {
        var hash = mark.Hash;
        // A handler may write in more than one transaction.
        if (!await Receipt.AddAsync(db, mark, now, cancel))
        {
            if (IsFirst)
            {
                return;
            }

            var content = await db.Receipts.Where(r => r.Hash == hash).Select(r => r.Content).FirstAsync(cancel);
            throw new AlreadyDoneException(content == mark.Content);
        }

        IsFirst = true;
        answers.Expect(hash);
        if (hash.StartsWith("00", StringComparison.Ordinal))
        {
            // Random, so one in 256 tidies up
            await Receipt.ForgetOldAsync(db, now, cancel);
        }
    }

    /// <summary>What was refused may be sent again as it is.</summary>
    public async Task TakeBackAsync(CrmDb db)
    {
        if (IsFirst && await Mark is { Hash: var hash } && await db.Receipts.AnyAsync(r => r.Hash == hash))
        {
            await db.Receipts.Where(r => r.Hash == hash).ExecuteDeleteAsync();
        }
    }

    private async Task<OnceMark?> ReadAsync()
    {
        var request = context.Request;
        // A stranger's key would be everybody's, and what signs somebody in is never kept.
        if (IsCall && !CurrentUser.From(context.User).IsSignedIn)
        {
            return null;
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(context.RequestAborted) : null;
        var key = IsCall ? request.Headers[Header].ToString() : form?[Field].ToString();
        if (IsCall && key is not { Length: > 0 and <= LongestKey })
        {
            throw new BadInputException(Header, $"The header {Header} takes 1 to {LongestKey} characters.");
        }

        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (IsCall)
        {
            // The hash of what was sent is kept, and might be guessed through without the key, which is not.
            Add(content, key);
        }

        Add(hash, CurrentUser.From(context.User).Id.ToString(CultureInfo.InvariantCulture));
        Add(hash, request.Method);
        Add(hash, request.Path + request.QueryString);
        Add(hash, key);
        await (form is null ? AddAsync(content, request.Body) : AddAsync(content, form));
        if (!IsCall)
        {
            hash.AppendData(content.GetCurrentHash());
        }

        return new OnceMark(Convert.ToHexString(hash.GetHashAndReset()), IsCall ? Convert.ToHexString(content.GetHashAndReset()) : null);
    }

    private async Task AddAsync(IncrementalHash hash, IFormCollection form)
    {
        var token = context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.FormFieldName;
        foreach (var (name, values) in form.Where(f => f.Key != Field && f.Key != token).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            values.ToList().ForEach(value => Add(hash, value ?? ""));
        }

        foreach (var file in form.Files)
        {
            Add(hash, file.Name);
            Add(hash, file.FileName);
            await using var content = file.OpenReadStream();
            await AddAsync(hash, content);
        }
    }

    private async Task AddAsync(IncrementalHash hash, Stream content)
    {
        if (content.CanSeek)
        {
            content.Position = 0;
            hash.AppendData(await SHA256.HashDataAsync(content, context.RequestAborted));
            content.Position = 0;
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}

/// <summary>By what a request is known again.</summary>
/// <param name="Content">See <see cref="Receipt.Content"/>.</param>
public sealed record OnceMark(string Hash, string? Content);

/// <summary>A request with this key was carried out before; nothing is changed a second time.</summary>
/// <param name="isSame">False when the key was used for another content.</param>
public sealed class AlreadyDoneException(bool isSame) : Exception("This request was carried out already.")
{
    public bool IsSame => isSame;
}
