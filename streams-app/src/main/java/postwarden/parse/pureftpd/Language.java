package postwarden.parse.pureftpd;

import java.util.ArrayList;
import java.util.List;

/**
 * What Pure-FTPd 1.0.49 says in one of the languages it can be built in (sources {@code messages_*.h}); {@code %} is where
 * its format has a value. Spelling and spaces are the sources'.
 *
 * @param connected a client has come
 * @param loggedIn a user has logged in
 * @param anonymous how the line begins that says so of a guest
 * @param loggedOut the session is over
 * @param failed a login was refused
 * @param clientLimit a client has too many connections
 * @param disabled how the line begins that says that an account may not log in
 * @param tooMany a client was refused too often
 * @param timeout how the lines begin that say that a client was too slow
 * @param uploaded what became of a file
 * @param downloaded what became of a file
 */
record Language(
        String connected,
        String loggedIn,
        String anonymous,
        String loggedOut,
        String failed,
        String clientLimit,
        String disabled,
        String tooMany,
        String timeout,
        String uploaded,
        String downloaded) {
    /** The columns are this record's parts in their order; an empty one is a text that is not told here. */
    private static final String TABLE = """
            New connection from %~% is now logged in~Anonymous user logged in~Logout.~Authentication failed for user [%]~Too many connections (%) from this IP~Can't login as [~Too many authentication failures~Timeout~uploaded~downloaded
            Neue Verbindung von %.~% ist jetzt eingeloggt.~Anonymer Benutzer ~Logout.~Authentifizierung fehlgeschlagen für Benutzer [%].~Zuviele Verbindungen (%) von dieser IP-Adresse.~Einloggen als [~Zu viele Authentifizierungsfehler.~Zeitüberschreitung~hochgeladen.~heruntergeladen.
            Nouvelle connexion de %~% est maintenant loggue~Utilisateur anonyme loggue~Deloggue.~Erreur d'authentification pour l'utilisateur [%]~Trop de connexions (%) depuis cette IP~Impossible de se logger sous [~Trop d'echecs d'authentification~Temps de reponse depasse~uploade~downloade
            ~~~Cassos.~[%] c'est un batard, il connait pas son code~Trop de relous (%) depuis cette IP~Le comte [~~~~
            Nueva conexión desde %~% está ahora dentro del sistema~Usuario Anónimo dentro del ~Fin de sesión.~Autentificación fallida para el usuario [%]~Demasiadas conexiones (%) desde esta IP~No se puede conectar como [~Demasiados fallos de autentificación~Timeout~transmitido~descargado
            Nuova connessione da %~% è ora loggato~Utente anonimo loggato~Logout.~Autenticazione falita per l'utente [%]~Troppe connessioni (%) da questo IP~Impossibile loggarsi come [~Troppe autenticazioni fallite~Timeout~uploadato~downloadato
            Nieuwe verbinding vanaf %~% is nu ingelogd~Anonieme gebruiker is ingelogd~Logout.~Autorisatie faalde voor gebruiker [%]~Teveel verbindingen (%) vanaf dit IP~U kan niet inloggen als [~Autorisatie is te vaak mislukt~Onderbreking~ge-upload~gedownload
            Nova conexão a partir de %~% agora está logado~Usuário anônimo logado~Fim de sessão.~Autenticação falhou para usuário [%]~Conexões demais (%) a partir deste IP~Não é possível conectar como [~Muitas falhas de autenticação~Tempo expirado~enviado~recebido
            Conexiune noua de la %~% este acum logat~~Iesire.~Autentificare esuata pentru utilizatorul [%]~Prea multe conexiuni (%) de la acest IP~Nu pot loga ca [~Prea multe autentificari esuate~~upload-at~download-at
            Ny forbindelse fra %~% er logget på nu~~Logout.~Godkendelse mislykkedes for [%]~For mange forbindelser(%) fra denne IP~Du kan ikke logge på som [~For mange mislykkedes godkendelses forsøg~~uploaded~downloaded
            Nyanslutning från %~% har loggat in~~Logout.~Behörighetskontroll misslyckas för användare [%]~För många anslutningar (%) från denna IP~Kan ej logga in som [~För många behörighetskontroller har misslyckats~~uppladdad~nedladdad
            Ny tilkobling fra %~% er nå logget inn~~Logg ut.~Godkjennelse mislyktes for [%]~For mange forbindelser (%) fra denne IP-adressen~Kan ikke logge inn som [~For mange mislykkede innloggingsforsøk~~opplastet~nedlastet
            Új kapcsolat a következo címrol: %~% belépett~~Kijelentkezés.~Azonosítás sikertelen [%] felhasználónak~Túl sok kapcsolat errol az IP-rol: (%) ~ Nemtud belépni ezzel a felhasználónévvel: [~Túl sok sikertelen azonosítás~~feltöltve~letöltve
            Nowe połączenie z %~% jest teraz zalogowany~Anonimowy użytkownik zalogowany~Wylogowywanie.~Autentyfikacja nie powiodła się dla użytkownika [%]~Zbyt wiele połączeń (%) z tego IP~Nie można zalogować się jako [~Zbyt wiele niepowodzeń podczas uwierzytelniania~Przekroczon~wgrano~ściągnięto
            Nové spojení z %~% je pravě přihlášen~~Logout.~Autentifikace uživatele selhala [%]~Příliš mnoho aktivních spojení (%) z vaší IP~Nemůžete se přihlásit jako [~Příliš mnoho zlyhaní autentifikace~~uploadnut~downloadnut
            Nove spojenie z %~% je prave prihlaseny~~Logout.~Autentifikacia uzivatela zlyhala [%]~Privela aktivnych spojeni (%) z vasej IP~Nemozte sa prihlasit ako [~Privela zlyhani autentifikacie~~uploadnuty~downloadnuty
            Новое соединение с %~% вошел~Вошел анонимный пользователь~Отсоединение.~Авторизация не удалась пользователю [%]~Слишком много соединений (%) с этого IP~Невозможен вход как [~Слишком много попыток авторизации~Истекло время ожидания~загружено~загрузка завершена
            % den yeni baðlantý~% giriþ yaptý~Misafir kullanýcý giriþ yaptý~Çýkýþ.~[%] kullanýcýsý için giriþ hatalý~Bu (%) IP den çok fazla baðlantý~~Çok fazla yetki isteði hatasý~Zaman Aþýmý~güncellendi~indirildi
            Lidhje e re nga %~% eshte i loguar~Perdorues anonim i loguar~Logout/Dalje.~Autentikimi nuk u krye dot per user [%]~Shume teper lidhje (%) nga kjo IP~Nuk mund te futem si [~Shume deshtime ne hyrje~Jashte Kohe~e ngarkuar~u shkarkua
            % 부터 새로운 연결~% 가 로그인~Anonymous 유저 로그인~로그아웃.~[%] 유저 인증 실패~(%) 로 부터 초과된 접속수~~반복된 인증 실패~~업로드됨~다운로드 종료
            自 % 的新连接~% 现在登录~匿名使用者登录~登出.~使用者[%]验证失败~太多连接 (%) 来自这个 IP~无法登录为[~验证失败太多次~~上传了~已下载
            自 % 的新連線~% 現在登入~匿名使用者登入~登出.~使用者[%]驗證失敗~太多連線 (%) 來自這個 IP~無法登入為[~驗證失敗太多次~~上傳了~已下載
            """;

    private static final char END = '~';

    static final List<Language> ALL =
            TABLE.lines().filter(line -> !line.isBlank()).map(Language::of).toList();

    private static Language of(String line) {
        List<String> texts = new ArrayList<>();
        int from = 0;
        for (int end = line.indexOf(END); end >= 0; end = line.indexOf(END, from)) {
            texts.add(line.substring(from, end));
            from = end + 1;
        }
        texts.add(line.substring(from));
        return new Language(
                texts.get(0),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                texts.get(4),
                texts.get(5),
                texts.get(6),
                texts.get(7),
                texts.get(8),
                texts.get(9),
                texts.get(10));
    }
}
